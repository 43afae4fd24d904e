import type { HttpRequest, HttpResponse, HttpTransport } from "../../src/exchanges/transport/http.ts";
import type { SocketTransport } from "../../src/exchanges/transport/socket.ts";
import type { JournalEntry } from "../../src/operations/journal/journal-record.ts";
import type { VenueEvent } from "../../src/sandbox/venue.ts";
import type { VenueRequest, VenueResponse } from "../../src/sandbox/venue-server.ts";
import type { Life } from "./life.ts";

/** What can be heard of a world from outside its processes. */
export interface Ears {
  /** Something happens at the venue. */
  onVenue?(event: VenueEvent): void;
  /** The venue itself has answered, before any fault has touched the answer. */
  onAnswer?(request: VenueRequest, response: VenueResponse): void;
  /** The first byte of a request is about to leave. */
  onSend?(request: HttpRequest, process: Life): void;
  /** An answer has reached the process. */
  onResponse?(request: HttpRequest, response: HttpResponse, process: Life): void;
  /** The request has been answered, or never will be. */
  onSettled?(request: HttpRequest, process: Life): void;
  onSocket?(url: string, isOpen: boolean, process: Life): void;
  /** A message of a stream has reached the process. */
  onFrame?(url: string, data: Uint8Array, process: Life): void;
  /** A record has reached the operating system. */
  onRecord?(entry: JournalEntry): void;
  /** Words that somebody may read: journal, log, errors. */
  onText?(where: string, text: string): void;
}

export interface Net {
  readonly http: HttpTransport;
  readonly sockets: SocketTransport;
}

/** The same network, overheard. */
export function heard({ http, sockets }: Net, ears: Ears, process: Life): Net {
  return {
    http: {
      send: (request) => {
        ears.onSend?.(request, process);
        const answer = http.send(request).then((response) => {
          ears.onResponse?.(request, response, process);
          return response;
        });
        return answer.finally(() => ears.onSettled?.(request, process));
      },
      [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
    },
    sockets: {
      open: (url, handlers) => {
        ears.onSocket?.(url, true, process);
        return sockets.open(url, {
          onOpen: () => handlers.onOpen(),
          onMessage: (data) => {
            ears.onFrame?.(url, data, process);
            handlers.onMessage(data);
          },
          onPing: () => handlers.onPing?.(),
          onClose: (code, reason) => {
            ears.onSocket?.(url, false, process);
            handlers.onClose(code, reason);
          },
        });
      },
    },
  };
}
