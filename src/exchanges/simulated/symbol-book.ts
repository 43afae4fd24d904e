import type { InstrumentMath } from "../../engine/portfolio/instrument-math.ts";
import type { PositionBook } from "../../engine/portfolio/position-book.ts";
import type { WorkingOrder } from "./working-order.ts";

/** The venue's side of one symbol: its working orders and the prices between which nothing happens to them. */
export class SymbolBook {
  readonly math: InstrumentMath;
  /** One, or long and short in hedge mode. */
  readonly positions: readonly PositionBook[];
  orders: WorkingOrder[] = [];
  /** Nothing fires while high is below `up` and low above `down`, unless `isUrgent`. */
  up = Infinity;
  down = -Infinity;
  /** Something has to be looked at with the next row, whatever its prices. */
  isUrgent = false;
  /** The path is inside a bar right now. */
  isMoving = false;
  /** Last known price; while the path is inside a bar, where it stands. */
  price = NaN;
  /** Opening price of the row being walked. */
  rowOpen = NaN;

  constructor(math: InstrumentMath, positions: readonly PositionBook[]) {
    this.math = math;
    this.positions = positions;
  }

  /** Drops finished orders and recomputes the quiet range. */
  settle(): void {
    let up = Infinity;
    let down = -Infinity;
    let isUrgent = false;
    const { orders } = this;
    let kept = 0;
    for (let index = 0; index < orders.length; index += 1) {
      const order = orders[index] as WorkingOrder;
      if (order.isDone) continue;
      orders[kept] = order;
      kept += 1;
      order.hasRested = true;
      if (order.type === "market" || order.expiresAt !== Infinity || order.timeInForce === "IOC" || order.timeInForce === "FOK")
        isUrgent = true;
      if (order.firesUp) up = Math.min(up, order.level);
      else down = Math.max(down, order.level);
      // A new best price moves a trailing stop, so it has to be seen.
      if (order.type === "trailingStop" && !Number.isNaN(order.watermark)) {
        if (order.isBuy) down = Math.max(down, order.watermark);
        else up = Math.min(up, order.watermark);
      }
    }
    orders.length = kept;
    this.up = up;
    this.down = down;
    this.isUrgent = isUrgent;
  }

  /** Takes an order in while no bar is being walked. */
  add(order: WorkingOrder): void {
    this.orders.push(order);
    if (this.isMoving) return;
    if (order.type === "market" || order.expiresAt !== Infinity || order.timeInForce === "IOC" || order.timeInForce === "FOK")
      this.isUrgent = true;
    if (order.firesUp) this.up = Math.min(this.up, order.level);
    else this.down = Math.max(this.down, order.level);
    if (order.type === "trailingStop") this.isUrgent = true;
  }
}
