/** Tells a symbol's listener when its data can be trusted, whatever the reasons that come and go beneath. */
export class SymbolHealth {
  /** By the part that is in trouble; a symbol begins without a connection. */
  readonly #troubles = new Map<string, string>();
  readonly #onUp: () => void;
  readonly #onDown: (reason: string) => void;
  #told: "nothing" | "up" | "down" | "end" = "nothing";

  constructor({ onUp, onDown }: { readonly onUp: () => void; readonly onDown: (reason: string) => void }) {
    this.#onUp = onUp;
    this.#onDown = onDown;
  }

  has(part: string): boolean {
    return this.#troubles.has(part);
  }

  /** A part has not begun yet: no trouble to tell of, but not well either. */
  expect(part: string): void {
    this.#troubles.set(part, "not there yet");
  }

  /** Something is wrong; a part names itself and takes its own trouble back. */
  trouble(part: string, reason: string): void {
    this.#troubles.set(part, reason);
    if (this.#told === "down" || this.#told === "end") return;
    this.#told = "down";
    this.#onDown(reason);
  }

  /** Nobody listens any more. */
  end(): void {
    this.#told = "end";
  }

  /** A part is in order. */
  well(part: string): void {
    if (this.#told === "up" || this.#told === "end" || !this.#troubles.delete(part) || this.#troubles.size > 0) return;
    this.#told = "up";
    this.#onUp();
  }
}
