import { VirtualScheduler } from "../../../src/base/scheduler.ts";
import type { PerpetualInstrument, SpotInstrument } from "../../../src/domain/instrument.ts";
import type { VenueEvent, VenueOrderRecord, VenueOrderRequest, VenueResult } from "../../../src/sandbox/venue.ts";
import { createVenue, type VenueOptions } from "../../../src/sandbox/venue/create-venue.ts";

/** Monday, 3 June 2024, 12:34:20 UTC. */
export const START = Date.UTC(2024, 5, 3, 12, 34, 20);
export const btc: SpotInstrument = {
  kind: "spot",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.00001",
  quantityMin: "0.0001",
  quantityMax: "100",
  notionalMin: "5",
};
const { kind: _kind, ...common } = btc;
export const perpetual: PerpetualInstrument = {
  ...common,
  kind: "perpetual",
  contractType: "linear",
  contractSize: "1",
  priceStep: "0.1",
  quantityStep: "0.001",
  quantityMin: "0.001",
  maintenanceMarginRate: 0.004,
};
export const coin: PerpetualInstrument = {
  ...perpetual,
  contractType: "inverse",
  symbol: "BTCUSD_PERP",
  settleAsset: "BTC",
  contractSize: "100",
  quantityStep: "1",
  quantityMin: "1",
  quantityMax: "100000",
};

/** A venue with money in it, everything that it tells, and short ways to talk to it. */
export function open(options: Partial<VenueOptions> = {}) {
  const scheduler = new VirtualScheduler(START);
  const { market = "spot" } = options;
  const instruments = { spot: [btc], linear: [perpetual], inverse: [coin] }[market];
  const money = market === "inverse" ? { BTC: 1 } : { USDT: 100_000, ...(market === "spot" ? { BTC: 2 } : {}) };
  const venue = createVenue({
    market,
    instruments,
    balances: money,
    seed: 7,
    scheduler,
    tradesPerSecond: 0.02,
    timeframes: [],
    ...options,
  });
  const events: VenueEvent[] = [];
  venue.listen((event) => events.push(event));
  venue.start();
  const { symbol } = instruments[0] as SpotInstrument | PerpetualInstrument;
  const pass = (ms: number): void => {
    const end = scheduler.now() + ms;
    while (scheduler.nextDue <= end) scheduler.step();
    scheduler.advanceTo(end);
  };
  const order = (change: Partial<VenueOrderRequest> = {}): VenueOrderRequest => ({
    symbol,
    side: "buy",
    type: "market",
    quantity: 0.01,
    ...change,
  });
  const submit = (change: Partial<VenueOrderRequest> = {}): VenueResult<VenueOrderRecord> => venue.submit(order(change));
  const take = (change: Partial<VenueOrderRequest> = {}): VenueOrderRecord => valueOf(submit(change));
  const find = ({ orderId }: VenueOrderRecord): VenueOrderRecord => venue.order(symbol, { orderId }) as VenueOrderRecord;
  const balance = (asset: string) => venue.balances().find((one) => one.asset === asset);
  const fill = ({ clientOrderId }: VenueOrderRecord, share: number, price?: number): void => {
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- The operator is no array.
    venue.operator.fill({ clientOrderId }, share, price);
  };
  return { venue, fill, scheduler, events, symbol, pass, order, submit, take, find, balance };
}

/** What the venue answered; a refusal fails the test. */
export function valueOf<Value>(result: VenueResult<Value>): Value {
  if (!result.ok) throw new Error(`refused: ${result.refusal}, ${result.text}`);
  return result.value;
}

/** How the venue answered, in a word. */
export const refusal = (result: VenueResult<unknown>): string => (result.ok ? "taken" : result.refusal);
