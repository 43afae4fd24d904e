/** One request, complete: nothing is added to it on the way. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Absolute, query included. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the first byte sent to the last byte received, milliseconds. */
  readonly timeoutMs: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A way to send requests. Any status is an answer, redirects included (they are never followed); without an answer the promise is
 * rejected with a `NetworkError` whose `wasSent` says whether a byte may have reached the other side.
 */
export interface HttpTransport extends AsyncDisposable {
  send(request: HttpRequest): Promise<HttpResponse>;
}
