/** Whether something thrown carries one of the operating system's codes, such as `ENOENT`. */
export function hasCode(cause: unknown, ...codes: readonly string[]): boolean {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" && codes.includes(cause.code);
}

/** The words of something thrown, for the end of a message. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** Whether the operating system refused something. */
export function isSystemError(cause: unknown): cause is Error {
  return cause instanceof Error && "syscall" in cause;
}
