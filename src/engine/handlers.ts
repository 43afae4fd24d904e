import type { Account } from "../domain/account.ts";
import type { Funding } from "../domain/funding.ts";
import type { OrderBook } from "../domain/order-book.ts";
import type { Order } from "../domain/order.ts";
import type { Position } from "../domain/position.ts";
import type { Trade } from "../domain/trade.ts";
import type { MetaExpertError } from "../base/errors.ts";
import type {
  BacktestPass,
  BacktestSummary,
  ConnectionState,
  HandlerResult,
  StopReason,
  TransactionRequest,
  TransactionResult,
} from "../expert/expert.ts";

/** Everything an expert has asked to be called for, except bars, which their series keep. */
export class Handlers {
  readonly init: (() => HandlerResult)[] = [];
  readonly stop: ((reason: StopReason) => HandlerResult)[] = [];
  readonly tick: ((trade: Trade, symbol: string) => HandlerResult)[] = [];
  readonly book: ((book: OrderBook) => HandlerResult)[] = [];
  readonly order: ((order: Order) => HandlerResult)[] = [];
  readonly position: ((position: Position) => HandlerResult)[] = [];
  readonly transaction: ((request: TransactionRequest, result: TransactionResult) => HandlerResult)[] = [];
  readonly account: ((account: Account) => HandlerResult)[] = [];
  readonly funding: ((funding: Funding, symbol: string) => HandlerResult)[] = [];
  readonly connection: ((state: ConnectionState) => HandlerResult)[] = [];
  readonly error: ((error: MetaExpertError) => HandlerResult)[] = [];
  readonly backtestInit: (() => HandlerResult)[] = [];
  readonly backtestStop: (() => HandlerResult)[] = [];
  readonly backtest: ((summary: BacktestSummary) => number)[] = [];
  readonly backtestPass: ((pass: BacktestPass) => HandlerResult)[] = [];
}

/** One call to an expert's handler that is due; `where` names it in error messages. */
export interface Call {
  readonly where: string;
  run(): HandlerResult;
}

/** Calls that are due, in order. Handlers may cause more; they go to the end. */
export class CallQueue {
  readonly #calls: Call[] = [];
  #next = 0;

  get isEmpty(): boolean {
    return this.#next === this.#calls.length;
  }

  push(where: string, run: () => HandlerResult): void {
    this.#calls.push({ where, run });
  }

  clear(): void {
    this.#calls.length = 0;
    this.#next = 0;
  }

  shift(): Call | undefined {
    const call = this.#calls[this.#next];
    if (call === undefined) return undefined;
    this.#next += 1;
    if (this.#next === this.#calls.length) {
      this.#calls.length = 0;
      this.#next = 0;
    }
    return call;
  }
}
