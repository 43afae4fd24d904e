/** A broken promise of our own code. It is never caught to go on: the process that sees it is wrong about its state. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** Stops on a programmer's mistake. For the world's misbehaviour use a `MetaExpertError`. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(message);
}

/** Stops like `assert`, for hot paths: the message is only put together when it is needed. */
export function fail(message: string): never {
  throw new AssertionError(message);
}

/** Makes a `switch` over a union fail to compile when a case is missing. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable value: ${String(value)}`);
}
