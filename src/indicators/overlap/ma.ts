import type { Bar } from "../../domain/bar.ts";
import { oneOf, wholeNumber } from "../parameters.ts";
import { SeriesIndicator } from "../series-indicator.ts";
import { Dema } from "./dema.ts";
import { Ema } from "./ema.ts";
import { Kama } from "./kama.ts";
import { Mama } from "./mama.ts";
import { Sma } from "./sma.ts";
import { T3 } from "./t3.ts";
import { Tema } from "./tema.ts";
import { Trima } from "./trima.ts";
import { Wma } from "./wma.ts";

/** Kinds of moving averages in the order of TA-Lib's MAType. */
export const AVERAGES = ["sma", "ema", "wma", "dema", "tema", "trima", "kama", "mama", "t3"] as const;
export type Average = (typeof AVERAGES)[number];

/** A moving average of the kind asked for; "mama" has no period. A period of 1 gives the numbers themselves. */
export function ma(period = 30, average: Average = "sma"): Ma {
  return new Ma(period, average);
}

/** See `ma`. */
export class Ma extends SeriesIndicator {
  readonly #average: SeriesIndicator<string>;

  constructor(period: number, average: Average) {
    const inner = createAverage("ma", "average", average, wholeNumber("ma", "period", period));
    super(["value"], inner.warmup);
    this.#average = inner;
  }

  update(bar: Bar): void {
    if (this.read(bar)) this.next(this.input);
  }

  next(value: number): void {
    this.#average.next(value);
    this.current[0] = this.#average.value;
  }

  override reset(): void {
    super.reset();
    this.#average.reset();
  }
}

/** The average that an indicator with a choice of them uses inside; `owner` and `parameter` are named when it is none. */
export function createAverage(owner: string, parameter: string, average: Average, period: number): SeriesIndicator<string> {
  const kind = oneOf(owner, parameter, average, AVERAGES);
  if (period === 1) return new Sma(1);
  switch (kind) {
    case "sma":
      return new Sma(period);
    case "ema":
      return new Ema(period);
    case "wma":
      return new Wma(period);
    case "dema":
      return new Dema(period);
    case "tema":
      return new Tema(period);
    case "trima":
      return new Trima(period);
    case "kama":
      return new Kama(period);
    case "mama":
      return new Mama();
    case "t3":
      return new T3(period);
  }
}
