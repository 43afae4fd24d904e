import type { IncomingMessage } from "node:http";

/** Longest body that is read: five orders in one request are two thousand bytes. */
const BODY_BYTES_MAX = 64 * 1024;

/** The body as text; undefined when it is longer than it may be, and the rest of it is not read. */
export function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= BODY_BYTES_MAX) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      resolve(undefined);
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.on("error", reject);
    request.on("close", () => resolve(undefined));
  });
}
