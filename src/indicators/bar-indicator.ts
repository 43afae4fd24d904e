import type { BarColumns } from "../domain/bar.ts";
import { BaseIndicator } from "./base-indicator.ts";
import type { LineColumns } from "./indicator.ts";
import { RowBar } from "./row-bar.ts";

/** An indicator of whole bars. A subclass writes `update` and `reset`, and `run` where speed matters. */
export abstract class BarIndicator<Line extends string = "value"> extends BaseIndicator<Line> {
  over(columns: BarColumns): LineColumns<Line> {
    this.reset();
    const outputs = this.allocate(columns.length, 0);
    this.run(columns, outputs);
    return this.named(outputs);
  }

  /** Shows all rows and writes the lines into `outputs`, with the same operations in the same order as `update`. */
  protected run(columns: BarColumns, outputs: readonly Float64Array[]): void {
    const { current } = this;
    const bar = new RowBar();
    const single = outputs[0] as Float64Array;
    for (let row = 0; row < columns.length; row += 1) {
      this.update(bar.at(columns, row));
      single[row] = current[0] as number;
      for (let line = 1; line < current.length; line += 1) (outputs[line] as Float64Array)[row] = current[line] as number;
    }
  }
}
