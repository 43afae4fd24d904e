/** Money of one asset. */
export interface Balance {
  readonly asset: string;
  /** All of it, without unrealised profit. */
  readonly total: number;
  /** What is neither margin nor bound in open orders. */
  readonly free: number;
}

/** The account in the currency it is valued in. */
export interface Account {
  readonly currency: string;
  /** Cash without unrealised profit. */
  readonly balance: number;
  /** Balance plus unrealised profit (spot: plus the value of holdings). */
  readonly equity: number;
  /** Margin of open positions. */
  readonly usedMargin: number;
  /** What a new order may use. */
  readonly freeMargin: number;
  readonly balances: readonly Balance[];
}
