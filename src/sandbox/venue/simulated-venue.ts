import { ConfigurationError } from "../../base/errors.ts";
import type { Balance } from "../../domain/account.ts";
import type { Bar } from "../../domain/bar.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Quote } from "../../domain/quote.ts";
import type { Timeframe } from "../../domain/timeframe.ts";
import type { Trade } from "../../domain/trade.ts";
import type { VenueFill, VenuePosition, VenueTransfer } from "../../engine/venue-facts.ts";
import type {
  Venue,
  VenueDepth,
  VenueEvent,
  VenueOperator,
  VenueOrderId,
  VenueOrderRecord,
  VenueOrderRequest,
  VenueResult,
  VenueStatus,
} from "../venue.ts";
import type { VenueAccount, VenueAccountOptions } from "./account.ts";
import type { FundingRate } from "./funding.ts";
import { SimulatedVenueOperator } from "./operator.ts";
import { OrderDoor, type OrderChange } from "./order-door.ts";
import type { VenueOptions } from "./options.ts";
import { VenueCore } from "./venue-core.ts";

interface Range {
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
}

const LEVERAGE_MAX = 125;

/** A venue on the simulated exchange's matching and the market simulator. */
export class SimulatedVenue implements Venue {
  readonly market: "spot" | "linear" | "inverse";
  readonly operator: VenueOperator;
  readonly #core: VenueCore;
  readonly #door: OrderDoor;

  constructor(options: VenueOptions, accountOptions: VenueAccountOptions) {
    this.market = options.market;
    this.#core = new VenueCore(options, accountOptions);
    this.#door = new OrderDoor(this.#core);
    this.operator = new SimulatedVenueOperator(this.#core, this.#door);
  }

  /** The venue's own books. */
  get account(): VenueAccount {
    return this.#core.account;
  }

  get instruments(): readonly Instrument[] {
    return [...this.#core.symbols.values()].map(({ instrument }) => instrument);
  }

  get now(): number {
    return Math.max(this.#core.now, this.#core.options.scheduler.now());
  }

  listen(listener: (event: VenueEvent) => void): () => void {
    return this.#core.listen(listener);
  }

  start(): void {
    this.#core.start();
  }

  stop(): void {
    this.#core.stop();
  }

  submit(request: VenueOrderRequest): VenueResult<VenueOrderRecord> {
    return this.#door.submit(request, "api");
  }

  submitGroup(requests: readonly VenueOrderRequest[]): VenueResult<readonly VenueOrderRecord[]> {
    return this.#door.submitGroup(requests);
  }

  amend(symbol: string, id: VenueOrderId, change: OrderChange): VenueResult<VenueOrderRecord> {
    return this.#door.amend(symbol, id, change);
  }

  cancel(symbol: string, id: VenueOrderId): VenueResult<VenueOrderRecord> {
    return this.#door.cancel(symbol, id);
  }

  cancelAll(symbol: string): readonly VenueOrderRecord[] {
    return this.#door.cancelAll(symbol);
  }

  order(symbol: string, id: VenueOrderId): VenueOrderRecord | undefined {
    return this.#core.orders.find(symbol, id)?.record();
  }

  orders(symbol: string): readonly VenueOrderRecord[] {
    return this.#core.orders.of(symbol).map((order) => order.record());
  }

  openOrders(symbol?: string): readonly VenueOrderRecord[] {
    return this.#core.orders.open(symbol).map((order) => order.record());
  }

  fills(symbol: string): readonly VenueFill[] {
    return this.#core.orders.fills(symbol);
  }

  transfers(): readonly VenueTransfer[] {
    return this.#core.transfers;
  }

  balances(): readonly Balance[] {
    const { account, funds } = this.#core;
    const assets = account.ledger.assets.map(({ asset }) => asset);
    return account.balancesOf(assets, (asset) => funds.free(asset, this.market === "spot"));
  }

  positions(): readonly VenuePosition[] {
    return this.#core.account.positions();
  }

  get positionMode(): "hedge" | "oneWay" {
    return this.#core.account.positionMode;
  }

  /** Only an account without positions and orders can change it. */
  set positionMode(mode: "hedge" | "oneWay") {
    const { account, orders } = this.#core;
    if (mode === account.positionMode) return;
    if (account.positions().length > 0 || orders.openCount > 0) {
      throw new ConfigurationError("Close all positions and cancel all orders before changing the position mode");
    }
    account.positionMode = mode;
  }

  leverageOf(symbol: string): number {
    return this.#core.account.leverageOf(symbol);
  }

  setLeverage(symbol: string, leverage: number): VenueResult<number> {
    this.#core.catchUp();
    const state = this.#core.symbols.get(symbol);
    if (state === undefined) return { ok: false, refusal: "unknownSymbol", text: `${symbol} is not listed` };
    const { instrument } = state;
    const isFuture = instrument.kind === "perpetual" || instrument.kind === "future";
    const most = isFuture ? (instrument.leverageMax ?? LEVERAGE_MAX) : 1;
    if (!Number.isInteger(leverage) || leverage < 1 || leverage > most) {
      return { ok: false, refusal: "parameter", text: `the leverage is a whole number from 1 to ${most}, not ${leverage}` };
    }
    const { account } = this.#core;
    const before = account.leverageOf(symbol);
    account.setLeverage(symbol, leverage);
    if (leverage < before && !this.#core.canCarry(symbol)) {
      account.setLeverage(symbol, before);
      return { ok: false, refusal: "funds", text: "the balance does not cover the margin of the lower leverage" };
    }
    return { ok: true, value: leverage };
  }

  marginModeOf(symbol: string): "isolated" | "cross" {
    return this.#core.account.marginModeOf(symbol);
  }

  setMarginMode(symbol: string, mode: "isolated" | "cross"): VenueResult<"isolated" | "cross"> {
    this.#core.catchUp();
    const { account, orders } = this.#core;
    if (!this.#core.symbols.has(symbol)) return { ok: false, refusal: "unknownSymbol", text: `${symbol} is not listed` };
    if (account.marginModeOf(symbol) === mode) return { ok: true, value: mode };
    if (account.positions(symbol).length > 0 || orders.open(symbol).length > 0) {
      return { ok: false, refusal: "parameter", text: "the margin mode cannot change while there is a position or an open order" };
    }
    account.setMarginMode(symbol, mode);
    return { ok: true, value: mode };
  }

  statusOf(symbol: string): VenueStatus {
    return this.#core.state(symbol).market.status;
  }

  quote(symbol: string): Quote {
    this.#core.refreshDepth(symbol, true);
    const { bid, ask } = this.#core.state(symbol).depth.best();
    return {
      time: this.now,
      bidPrice: bid?.price ?? NaN,
      bidQuantity: bid?.quantity ?? 0,
      askPrice: ask?.price ?? NaN,
      askQuantity: ask?.quantity ?? 0,
    };
  }

  lastPrice(symbol: string): number {
    return this.#core.state(symbol).market.lastPrice;
  }

  markPrice(symbol: string): number {
    return this.#core.state(symbol).markPrice;
  }

  depth(symbol: string, levels: number): VenueDepth {
    return this.#core.state(symbol).depth.snapshot(levels);
  }

  tradesFrom(symbol: string, fromId: number | undefined, limit: number): readonly Trade[] {
    return this.#core.state(symbol).market.tradesFrom(fromId, limit);
  }

  bars(symbol: string, timeframe: Timeframe, range: Range): readonly Bar[] {
    return this.#core.state(symbol).bars.bars(timeframe, range);
  }

  fundingRates(symbol: string, range: Range): readonly FundingRate[] {
    const { funding, bars } = this.#core.state(symbol);
    if (funding === undefined) return [];
    const markPriceAt = (time: number): number => bars.bars("1h", { from: time, limit: 1 })[0]?.open ?? NaN;
    const to = Math.min(range.to ?? Infinity, this.now);
    return funding.list({ ...range, to }, { listedAt: bars.listedAt, markPriceAt });
  }
}
