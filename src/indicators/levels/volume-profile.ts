import type { Bar } from "../../domain/bar.ts";
import { BarIndicator } from "../bar-indicator.ts";
import { realNumber, wholeNumber } from "../parameters.ts";
import { RollingWindow } from "../rolling-window.ts";
import { SlidingRange } from "../sliding-range.ts";

export type ProfileLine = "poc" | "valueHigh" | "valueLow";

export interface VolumeProfileOptions {
  /** Into how many rows the range of the window is cut. @default 24 */
  readonly rows?: number;
  /** Percent of the volume that the value area holds. @default 70 */
  readonly valueArea?: number;
}

/**
 * Volume profile of the last `period` bars: `poc` is the middle of the price row with the most volume, `valueHigh` and `valueLow`
 * bound the value area around it. Each bar's volume is spread evenly over its range, since a bar does not tell where it traded.
 */
export function volumeProfile(period = 100, options: VolumeProfileOptions = {}): VolumeProfile {
  return new VolumeProfile(period, options);
}

/**
 * See `volumeProfile`. The area grows from the point of control by its larger neighbour, the upper among equals. Without any
 * volume all bars weigh the same. A step costs as much as the window has bars and their ranges have rows.
 */
export class VolumeProfile extends BarIndicator<ProfileLine> {
  readonly #valueShare: number;
  readonly #range: SlidingRange;
  readonly #highs: RollingWindow;
  readonly #lows: RollingWindow;
  readonly #volumes: RollingWindow;
  readonly #rows: Float64Array;

  constructor(period: number, { rows = 24, valueArea = 70 }: VolumeProfileOptions = {}) {
    super(["poc", "valueHigh", "valueLow"], wholeNumber("volumeProfile", "period", period));
    this.#rows = new Float64Array(wholeNumber("volumeProfile", "rows", rows, { max: 10_000 }));
    this.#valueShare = realNumber("volumeProfile", "valueArea", valueArea, { min: 1, max: 100 }) / 100;
    this.#range = new SlidingRange(period);
    this.#highs = new RollingWindow(period);
    this.#lows = new RollingWindow(period);
    this.#volumes = new RollingWindow(period);
  }

  get poc(): number {
    return this.current[0] as number;
  }

  get valueHigh(): number {
    return this.current[1] as number;
  }

  get valueLow(): number {
    return this.current[2] as number;
  }

  update(bar: Bar): void {
    this.#range.take(bar);
    this.#highs.push(bar.high);
    this.#lows.push(bar.low);
    if (!this.#volumes.push(bar.volume)) return;
    const { highest, lowest } = this.#range;
    const total = this.#spread(lowest, (highest - lowest) / this.#rows.length);
    if (Number.isNaN(total + highest + lowest)) this.current.fill(NaN);
    else if (highest === lowest) this.current.fill(highest);
    else this.#outline(lowest, (highest - lowest) / this.#rows.length, total);
  }

  override reset(): void {
    super.reset();
    this.#range.reset();
    this.#highs.reset();
    this.#lows.reset();
    this.#volumes.reset();
  }

  /** Spreads the window's volume over the rows and gives its sum. */
  #spread(lowest: number, height: number): number {
    const { values, start, end } = this.#volumes;
    const rows = this.#rows;
    const last = rows.length - 1;
    const weight = this.#volumes.sum() === 0 ? 1 : 0;
    let total = 0;
    rows.fill(0);
    for (let slot = start; slot < end; slot += 1) {
      const volume = (values[slot] as number) + weight;
      const bottom = ((this.#lows.values[slot] as number) - lowest) / height;
      const top = ((this.#highs.values[slot] as number) - lowest) / height;
      total += volume;
      if (height === 0) continue;
      const first = Math.min(last, Math.floor(bottom));
      const until = Math.min(last, Math.floor(top));
      if (first === until) {
        rows[first] = (rows[first] as number) + volume;
        continue;
      }
      for (let row = first; row <= until; row += 1) {
        const share = (Math.min(top, row + 1) - Math.max(bottom, row)) / (top - bottom);
        rows[row] = (rows[row] as number) + volume * share;
      }
    }
    return total;
  }

  /** Finds the fullest row and grows the value area around it. */
  #outline(lowest: number, height: number, total: number): void {
    const rows = this.#rows;
    let fullest = 0;
    for (let row = 1; row < rows.length; row += 1) if ((rows[row] as number) > (rows[fullest] as number)) fullest = row;
    let bottom = fullest;
    let top = fullest;
    let held = rows[fullest] as number;
    while (held < total * this.#valueShare && (bottom > 0 || top < rows.length - 1)) {
      const above = top < rows.length - 1 ? (rows[top + 1] as number) : -1;
      const below = bottom > 0 ? (rows[bottom - 1] as number) : -1;
      if (above >= below) top += 1;
      else bottom -= 1;
      held += Math.max(above, below);
    }
    this.current[0] = lowest + (fullest + 0.5) * height;
    this.current[1] = lowest + (top + 1) * height;
    this.current[2] = lowest + bottom * height;
  }
}
