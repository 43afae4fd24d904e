/** One HTTP request as a venue sees it. */
export interface VenueRequest {
  readonly method: string;
  /** Starts with "/", without the query. */
  readonly path: string;
  /** As sent, without the "?". */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whose limits the request counts against. */
  readonly address: string;
}

export interface VenueResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The venue's end of one WebSocket. */
export interface VenueConnection {
  readonly address: string;
  send(text: string): void;
  ping(payload: string): void;
  close(code: number, reason: string): void;
}

/** What a venue does with an open WebSocket. */
export interface VenueSession {
  onMessage(text: string): void;
  onPong(payload: string): void;
  /** The connection is gone, whoever ended it. */
  onClose(): void;
}

/**
 * A whole exchange in its own dialect, with no network in it: `FakeVenue` puts it behind real HTTP and WebSocket on loopback, the
 * simulation behind a network that loses, doubles and delays.
 */
export interface VenueServer {
  handle(request: VenueRequest): VenueResponse;
  /** Undefined where there is nothing at that path. */
  open(path: string, query: string, connection: VenueConnection): VenueSession | undefined;
}
