import type { Funding } from "../../domain/funding.ts";
import type { QuietRange } from "../../engine/exchange.ts";
import type { Decimal } from "../../base/decimal.ts";
import type { InstrumentMath, Ratio } from "../../engine/portfolio/instrument-math.ts";
import type { PositionBook } from "../../engine/portfolio/position-book.ts";
import type { WorkingOrder } from "./working-order.ts";

/** The venue's side of one symbol: its working orders and the prices between which nothing happens to them. */
export class SymbolBook implements QuietRange {
  readonly math: InstrumentMath;
  /** One, or long and short in hedge mode. */
  readonly positions: readonly PositionBook[];
  orders: WorkingOrder[] = [];
  /** Nothing happens while high is below `up` and low above `down`; `up` is -Infinity when the next row has to be looked at. */
  up = Infinity;
  down = -Infinity;
  /** Prices beyond which the account is liquidated, for settling the range. */
  readonly liquidation = { up: Infinity, down: -Infinity };
  /** The path is inside a bar right now. */
  isMoving = false;
  /** Last known price; while the path is inside a bar, where it stands. */
  price = NaN;
  /** When the last bar ended; trades have no bars that something could lie inside of. */
  barEnd = Infinity;
  /** Funding payments that are due inside the coming bar, whose open they follow. */
  readonly fundings: Funding[] = [];
  /** Opening price of the row being walked. */
  rowOpen = NaN;

  #feeRatios: { readonly maker: Ratio; readonly taker: Ratio } | undefined;

  constructor(math: InstrumentMath, positions: readonly PositionBook[]) {
    this.math = math;
    this.positions = positions;
  }

  get isHolding(): boolean {
    return this.positions.some((position) => position.quantitySteps !== 0);
  }

  /** Minor units that a fee takes of a value. */
  feeOf(value: bigint, liquidity: "maker" | "taker", rates: { readonly maker: Decimal; readonly taker: Decimal }): bigint {
    this.#feeRatios ??= { maker: this.math.feeRatio(rates.maker), taker: this.math.feeRatio(rates.taker) };
    return this.#feeRatios[liquidity].of(value);
  }

  /** Drops finished orders and recomputes the quiet range. */
  settle(): void {
    let up = Infinity;
    let down = -Infinity;
    const { orders } = this;
    let kept = 0;
    for (let index = 0; index < orders.length; index += 1) {
      const order = orders[index] as WorkingOrder;
      if (order.isDone) continue;
      orders[kept] = order;
      kept += 1;
      if (order.isUrgent) up = -Infinity;
      if (order.firesUp) up = Math.min(up, order.level);
      else down = Math.max(down, order.level);
      // A new best price moves a trailing stop, so it has to be seen.
      if (order.type === "trailingStop" && !Number.isNaN(order.watermark)) {
        if (order.isBuy) down = Math.max(down, order.watermark);
        else up = Math.min(up, order.watermark);
      }
    }
    orders.length = kept;
    if (this.fundings.length > 0) up = -Infinity;
    this.up = Math.min(up, this.liquidation.up);
    this.down = Math.max(down, this.liquidation.down);
  }

  /** Takes an order in while no bar is being walked. */
  add(order: WorkingOrder): void {
    this.orders.push(order);
    if (this.isMoving) return;
    if (order.isUrgent || order.type === "trailingStop") this.up = -Infinity;
    if (order.firesUp) this.up = Math.min(this.up, order.level);
    else this.down = Math.max(this.down, order.level);
  }
}
