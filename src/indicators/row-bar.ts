import type { Bar, BarColumns } from "../domain/bar.ts";

/** One bar object that shows the rows of columns one after the other, so that nothing is allocated per row. */
export class RowBar implements Bar {
  openTime = NaN;
  open = NaN;
  high = NaN;
  low = NaN;
  close = NaN;
  volume = NaN;

  /** This object, showing the given row. */
  at(columns: BarColumns, row: number): this {
    this.openTime = columns.openTime[row] as number;
    this.open = columns.open[row] as number;
    this.high = columns.high[row] as number;
    this.low = columns.low[row] as number;
    this.close = columns.close[row] as number;
    this.volume = columns.volume[row] as number;
    return this;
  }
}
