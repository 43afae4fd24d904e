import type { Instrument } from "../../domain/instrument.ts";
import { amount, millis, type Market } from "./market.ts";
import type { Json, JsonObject } from "./json.ts";
import { pairOf, perSymbol } from "./market-data.ts";
import { Refusal } from "./refusals.ts";
import { missing } from "./refusals.ts";
import { route, type Call, type Routes } from "./routes.ts";

const SUCCESS = { code: 200, msg: "success" } as const;

/** Leverage, margin and position mode, income, funding and listen keys of the futures. */
export const futuresSettingRoutes: Routes = {
  "POST leverage": route("TRADE", 1, setLeverage),
  "POST marginType": route("TRADE", 1, setMarginType),
  "GET positionSide/dual": route("SIGNED", 30, ({ market }) => ({ dualSidePosition: market.venue.positionMode === "hedge" })),
  "POST positionSide/dual": route("TRADE", 1, setPositionMode),
  "GET multiAssetsMargin": route("SIGNED", 30, () => ({ multiAssetsMargin: false })),
  "POST multiAssetsMargin": route("TRADE", 1, ({ parameters }) => {
    if (parameters.flag("multiAssetsMargin") === true)
      throw new Refusal(-4168, "Unable to adjust to Multi-Assets mode with isolated margin position under single-asset mode.");
    throw new Refusal(-4171, "No need to change multi-assets margin.");
  }),
  "GET leverageBracket": route("SIGNED", 1, ({ market, parameters }) => {
    const only = parameters.text("symbol");
    if (only !== undefined) market.instrument(only);
    return market.venue.instruments.filter(({ symbol }) => (only ?? symbol) === symbol).map((instrument) => brackets(market, instrument));
  }),
  "GET commissionRate": route("SIGNED", 20, ({ market, parameters }) => ({
    symbol: market.instrument(parameters.required("symbol")).symbol,
    makerCommissionRate: "0.000200",
    takerCommissionRate: "0.000500",
  })),
  "GET income": route("SIGNED", 30, income),
  "GET premiumIndex": route("NONE", 1, ({ market, parameters }) =>
    perSymbol(market, parameters, (instrument) => premiumIndex(market, instrument)),
  ),
  "GET fundingRate": route("NONE", 1, fundingRate),
  "GET fundingInfo": route("NONE", 1, ({ market }) =>
    market.venue.instruments.map(({ symbol }) => ({
      symbol,
      adjustedFundingRateCap: "0.02000000",
      adjustedFundingRateFloor: "-0.02000000",
      fundingIntervalHours: 8,
      disclaimer: false,
    })),
  ),
  "GET rateLimit/order": route("SIGNED", 1, ({ market, limits }) => limits.orderStatus(market.pool)),
  "POST listenKey": route("API_KEY", 1, ({ listenKeys, account }) => ({ listenKey: listenKeys.create(account?.apiKey ?? "") })),
  "PUT listenKey": route("API_KEY", 1, ({ listenKeys, account }) => ({ listenKey: listenKeys.extend(account?.apiKey ?? "") })),
  "DELETE listenKey": route("API_KEY", 1, ({ listenKeys, account }) => {
    listenKeys.remove(account?.apiKey ?? "");
    return {};
  }),
};

function setLeverage({ market, parameters }: Call): Json {
  const { symbol } = market.instrument(parameters.required("symbol"));
  const leverage = parameters.long("leverage");
  if (leverage === undefined) throw missing("leverage");
  const result = market.venue.setLeverage(symbol, leverage);
  if (!result.ok) throw new Refusal(-4028, `Leverage ${leverage} is not valid`);
  return { leverage: result.value, symbol, ...(market.kind === "inverse" ? { maxQty: "1000" } : { maxNotionalValue: "1000000" }) };
}

function setMarginType({ market, parameters }: Call): Json {
  const { symbol } = market.instrument(parameters.required("symbol"));
  const type = parameters.required("marginType");
  if (type !== "ISOLATED" && type !== "CROSSED") throw new Refusal(-1130, "Data sent for parameter 'marginType' is not valid.");
  const mode = type === "ISOLATED" ? "isolated" : "cross";
  if (market.venue.marginModeOf(symbol) === mode) throw new Refusal(-4046, "No need to change margin type.");
  if (market.venue.openOrders(symbol).length > 0) throw new Refusal(-4047, "Margin type cannot be changed if there exists open orders.");
  const result = market.venue.setMarginMode(symbol, mode);
  if (!result.ok) throw new Refusal(-4048, "Margin type cannot be changed if there exists position.");
  return SUCCESS;
}

function setPositionMode({ market, parameters }: Call): Json {
  parameters.required("dualSidePosition");
  const mode = parameters.flag("dualSidePosition") === true ? "hedge" : "oneWay";
  const { venue } = market;
  if (venue.positionMode === mode) throw new Refusal(-4059, "No need to change position side.");
  if (venue.openOrders().length > 0) throw new Refusal(-4067, "Position side cannot be changed if there exists open orders.");
  if (venue.positions().some(({ quantity }) => quantity !== 0)) {
    throw new Refusal(-4068, "Position side cannot be changed if there exists position.");
  }
  venue.positionMode = mode;
  return SUCCESS;
}

function brackets(market: Market, instrument: Instrument): JsonObject {
  const isFuture = instrument.kind === "perpetual" || instrument.kind === "future";
  const initialLeverage = isFuture ? (instrument.leverageMax ?? 125) : 1;
  const maintMarginRatio = isFuture ? (instrument.maintenanceMarginRate ?? 0.004) : 0;
  const limits = market.kind === "inverse" ? { qtyCap: 1_000_000, qtyFloor: 0 } : { notionalCap: 100_000_000, notionalFloor: 0 };
  return { symbol: instrument.symbol, notionalCoef: 1, brackets: [{ bracket: 1, initialLeverage, ...limits, maintMarginRatio, cum: 0 }] };
}

/** Everything that has moved money: transfers, funding, and of each fill its profit and its fee. */
function income({ market, parameters }: Call): Json {
  const only = { symbol: parameters.text("symbol"), type: parameters.text("incomeType") };
  const start = parameters.long("startTime");
  const end = parameters.long("endTime") ?? Infinity;
  const limit = parameters.limit(100, 1_000);
  const rows = [...transferRows(market), ...market.venue.instruments.flatMap(({ symbol }) => fillRows(market, symbol))]
    .filter(({ row }) => (only.symbol ?? row.symbol) === row.symbol && (only.type ?? row.incomeType) === row.incomeType)
    .filter(({ time }) => time >= (start ?? 0) && time <= end)
    .toSorted((left, right) => left.time - right.time)
    .map(({ row }) => row);
  return start === undefined ? rows.slice(-limit) : rows.slice(0, limit);
}

interface IncomeRow {
  readonly time: number;
  readonly row: JsonObject;
}

function transferRows(market: Market): readonly IncomeRow[] {
  return market.venue.transfers().map(({ kind, id, asset, amount: moved, symbol, time }) => {
    const incomeType = kind === "funding" ? "FUNDING_FEE" : kind === "transfer" ? "TRANSFER" : "OTHER";
    const when = millis(time);
    return {
      time: when,
      row: { symbol: symbol ?? "", incomeType, income: amount(moved), asset, info: incomeType, time: when, tranId: idOf(id), tradeId: "" },
    };
  });
}

function fillRows(market: Market, symbol: string): readonly IncomeRow[] {
  const { settleAsset } = market.instrument(symbol);
  return market.venue.fills(symbol).flatMap((fill) => {
    const time = millis(fill.time);
    const common = { symbol, time, tranId: idOf(fill.tradeId), tradeId: fill.tradeId };
    const profit = market.profits.of(fill);
    const fee = { ...common, incomeType: "COMMISSION", income: amount(-fill.fee), asset: fill.feeAsset, info: fill.tradeId };
    if (profit === 0) return [{ time, row: fee }];
    const realized = { ...common, incomeType: "REALIZED_PNL", income: amount(profit), asset: settleAsset, info: fill.tradeId };
    return [
      { time, row: realized },
      { time, row: fee },
    ];
  });
}

function idOf(text: string): bigint | string {
  return /^\d+$/.test(text) ? BigInt(text) : text;
}

function premiumIndex(market: Market, instrument: Instrument): Json {
  const { symbol } = instrument;
  const mark = amount(market.venue.markPrice(symbol));
  const latest = market.venue.fundingRates(symbol, { limit: 1 }).at(-1);
  return {
    symbol,
    ...(market.kind === "inverse" ? { pair: pairOf(instrument) } : {}),
    markPrice: mark,
    indexPrice: mark,
    estimatedSettlePrice: mark,
    lastFundingRate: amount(latest?.rate ?? 0.0001),
    interestRate: "0.00010000",
    nextFundingTime: nextFunding(market.venue.now),
    time: market.now,
  };
}

const FUNDING_MS = 8 * 60 * 60 * 1_000;

function nextFunding(now: number): number {
  return (Math.floor(now / FUNDING_MS) + 1) * FUNDING_MS;
}

function fundingRate({ market, parameters }: Call): Json {
  const symbols = parameters.has("symbol")
    ? [market.instrument(parameters.required("symbol")).symbol]
    : market.venue.instruments.map(({ symbol }) => symbol);
  const from = parameters.long("startTime");
  const to = parameters.long("endTime");
  const range = { limit: parameters.limit(100, 1_000), ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  return symbols.flatMap((symbol) =>
    market.venue.fundingRates(symbol, range).map(({ time, rate, markPrice }) => ({
      symbol,
      fundingRate: amount(rate),
      fundingTime: millis(time),
      ...(market.kind === "linear" ? { markPrice: amount(markPrice), rateType: "Regular" } : {}),
    })),
  );
}
