/** What holders of a perpetual's long side pay to the short side at one moment (negative: receive). */
export interface Funding {
  /** Milliseconds since the epoch, UTC. */
  readonly time: number;
  /** Share of the position's value, such as 0.0001. */
  readonly rate: number;
  /** Price the payment is computed from; undefined where the source does not carry it. */
  readonly markPrice?: number;
}

/** A series of single numbers in time: funding rates, open interest. */
export interface PointColumns {
  readonly length: number;
  readonly time: Float64Array;
  readonly value: Float64Array;
}
