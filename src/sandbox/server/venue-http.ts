import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultPlan, RequestOutcome } from "../faults.ts";
import type { VenueRequest } from "../venue-server.ts";
import { isForThisMachine, isFromAnotherSite } from "./loopback.ts";
import { readBody } from "./request-body.ts";
import type { RequestLog } from "./request-log.ts";

export interface VenueDoor {
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  onFailure(error: unknown): void;
}

/** Answers HTTP requests with what the exchange, and the network before it, make of them. */
export function createVenueHandler(door: VenueDoor): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(door, request, response).catch((error: unknown) => {
      // A client that went away in the middle of its request is no failure of ours.
      if (!request.destroyed || request.complete) door.onFailure(error);
      response.destroy();
    });
  };
}

async function answer(door: VenueDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isForThisMachine(request.headers) || isFromAnotherSite(request.headers)) {
    response.writeHead(403, { connection: "close" }).end();
    return;
  }
  const body = await readBody(request);
  if (body === undefined) {
    response.writeHead(413, { connection: "close" }).end();
    return;
  }
  const venueRequest = toVenueRequest(request, body);
  const { method, path, query } = venueRequest;
  try {
    door.faults.request(venueRequest, (outcome) => {
      door.log.add({ method, path, query, outcome: outcome.kind === "response" ? String(outcome.response.status) : outcome.kind });
      write(outcome, response);
    });
  } catch (error) {
    door.onFailure(error);
    door.log.add({ method, path, query, outcome: "500" });
    const text = '{"code":-1000,"msg":"An unknown error occurred while processing the request."}';
    response.writeHead(500, { "content-type": "application/json;charset=UTF-8" }).end(text);
  }
}

function toVenueRequest(request: IncomingMessage, body: string): VenueRequest {
  const url = request.url ?? "/";
  const at = url.indexOf("?");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === "string") headers[name] = value;
  return {
    method: request.method ?? "GET",
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? "" : url.slice(at + 1),
    headers,
    body,
    address: request.socket.remoteAddress ?? "",
  };
}

function write(outcome: RequestOutcome, response: ServerResponse): void {
  switch (outcome.kind) {
    case "response": {
      const { status, headers, body } = outcome.response;
      response.writeHead(status, headers).end(body);
      break;
    }
    case "truncated": {
      const { status, headers, body } = outcome.response;
      response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
      response.write(body.slice(0, outcome.bytes), () => response.destroy());
      break;
    }
    case "reset":
      response.socket?.resetAndDestroy();
      break;
    // The client waits until it has had enough.
    case "silence":
  }
}
