import { expect, test } from "vitest";
import type { Bar } from "../domain/bar.ts";
import { SeriesIndicator, ema, macd, type Indicator } from "../indicators/index.ts";
import { testIndicator } from "./indicator.ts";

testIndicator("an indicator of the catalogue", () => macd());
testIndicator("one with another as its source", () => ema(5).of(ema(3)));

/** The rise of the last closes, as a user would write it: a class with three members. */
class Rise implements Indicator {
  readonly warmup: number;
  value = NaN;
  readonly #closes: number[] = [];

  constructor(bars: number) {
    this.warmup = bars + 1;
  }

  update({ close }: Bar): void {
    this.#closes.push(close);
    if (this.#closes.length < this.warmup) return;
    this.value = close - (this.#closes.shift() as number);
  }
}

testIndicator("a class of one's own", () => new Rise(3));

/** The same with everything an indicator of the catalogue has. */
class RiseOf extends SeriesIndicator {
  #previous = NaN;

  constructor() {
    super(["value"], 2);
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.current[0] = value - this.#previous;
    this.#previous = value;
  }

  override reset(): void {
    super.reset();
    this.#previous = NaN;
  }
}

testIndicator("an extended class of one's own", () => new RiseOf().of("hl2"));

test("a plain indicator can be a source", () => {
  const smooth = ema(4).of(new Rise(3));
  expect(smooth.warmup).toBe(7);
});
