/** What has been opened and has to be closed again, last first. (Node 22 has no `AsyncDisposableStack`.) */
export class Closers implements AsyncDisposable {
  readonly #closers: (() => void | PromiseLike<void>)[] = [];

  /** Takes a resource over. */
  use<T extends Disposable | AsyncDisposable>(resource: T): T {
    this.defer(() => (Symbol.asyncDispose in resource ? resource[Symbol.asyncDispose]() : resource[Symbol.dispose]()));
    return resource;
  }

  defer(close: () => void | PromiseLike<void>): void {
    this.#closers.push(close);
  }

  /** Closes everything, also when one of them fails; the first failure is thrown at the end. */
  async [Symbol.asyncDispose](): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
