import { describe, expect, it } from "vitest";
import { createRandom } from "../../../base/random.ts";
import { VirtualScheduler } from "../../../base/scheduler.ts";
import {
  INVERSE_BTC,
  LINEAR_BTC,
  MemoryHttp,
  MemorySockets,
  SPOT_BTC,
  type SeenRequest,
} from "../../../../test/exchanges/binance/trading-rig.ts";
import { endpointsOf, type BinanceMarket } from "../endpoints.ts";
import { Credentials } from "./credentials.ts";
import { createBinanceGateway } from "./gateway.ts";

const NOW = 1_764_000_000_000;
const DAY = 86_400_000;
const INSTRUMENTS = { spot: SPOT_BTC, linear: LINEAR_BTC, inverse: INVERSE_BTC };

interface Trade {
  readonly id: number;
  readonly time: number;
}

/** A history that answers as Binance's: windows of time no longer than allowed, pages of at most `limit`, ids from `fromId` on. */
function historyOf(market: BinanceMarket, trades: readonly Trade[], windowMs: number) {
  return ({ path, parameters }: SeenRequest) => {
    if (path.endsWith("forceOrders")) return { body: "[]" };
    const { fromId, startTime, endTime, limit } = parameters;
    const start = Number(startTime ?? 0);
    const end = Number(endTime ?? Infinity);
    if (fromId !== undefined && startTime !== undefined) return refusal("fromId cannot be sent with startTime");
    if (fromId === undefined && end - start > windowMs) return refusal("the window is too long");
    const chosen = trades.filter(({ id, time }) => (fromId === undefined ? time >= start && time <= end : id >= Number(fromId)));
    return { body: JSON.stringify(chosen.slice(0, Number(limit)).map((trade) => rowOf(market, trade))) };
  };
}

function refusal(msg: string) {
  return { status: 400, body: JSON.stringify({ code: -1127, msg }) };
}

function rowOf(market: BinanceMarket, { id, time }: Trade) {
  const common = { symbol: "BTCUSDT", id, orderId: 5, price: "1", qty: "1", commission: "0.1", commissionAsset: "BNB", time };
  return market === "spot" ? { ...common, isBuyer: true, isMaker: false } : { ...common, side: "BUY", positionSide: "BOTH", maker: false };
}

function gatewayOver(market: BinanceMarket, answer: ConstructorParameters<typeof MemoryHttp>[0]) {
  const http = new MemoryHttp(answer);
  const gateway = createBinanceGateway({
    market,
    instruments: [INSTRUMENTS[market]],
    credentials: new Credentials("key", "secret"),
    endpoints: endpointsOf({ market }),
    http,
    sockets: new MemorySockets(),
    scheduler: new VirtualScheduler(NOW),
    random: createRandom(1),
  });
  return { gateway, http };
}

describe("the executions since a moment", () => {
  it.each([
    ["spot", DAY],
    ["linear", 7 * DAY],
    ["inverse", 7 * DAY],
  ] as const)("of %s come all and once, over pages that end within one millisecond", async (market, windowMs) => {
    const start = NOW - 20 * DAY;
    // Long silence, then 2,345 executions, nine hundred of them in the millisecond in which the first page ends, then days apart.
    const trades: Trade[] = [];
    for (let id = 1; id <= 2345; id += 1) trades.push({ id: id * 3, time: start + 9 * DAY + (id < 200 ? id : id < 1100 ? 200 : id) });
    for (let day = 0; day < 5; day += 1) trades.push({ id: 10_000 + day, time: start + (12 + day) * DAY });
    const { gateway } = gatewayOver(market, historyOf(market, trades, windowMs));
    const fills = await gateway.fillsSince("BTCUSDT", start);
    expect(fills.map(({ tradeId }) => tradeId)).toEqual(trades.map(({ id }) => String(id)));
  });

  it("begin with the moment itself, and are none where nothing was", async () => {
    const trades = [
      { id: 1, time: NOW - 1001 },
      { id: 2, time: NOW - 1000 },
      { id: 3, time: NOW - 1000 },
    ];
    const { gateway } = gatewayOver("linear", historyOf("linear", trades, 7 * DAY));
    expect((await gateway.fillsSince("BTCUSDT", NOW - 1000)).map(({ tradeId }) => tradeId)).toEqual(["2", "3"]);
    expect(await gateway.fillsSince("BTCUSDT", NOW - 999)).toEqual([]);
  });

  it("do not end with the first window that holds any", async () => {
    const trades = [1, 2, 30, 300].map((day, at) => ({ id: at + 1, time: NOW - 400 * DAY + day * DAY }));
    const { gateway, http } = gatewayOver("spot", historyOf("spot", trades, DAY));
    expect((await gateway.fillsSince("BTCUSDT", NOW - 400 * DAY)).map(({ tradeId }) => tradeId)).toEqual(["1", "2", "3", "4"]);
    expect(http.seen.length).toBeLessThan(5);
  });

  it("end where the pages lead nowhere", async () => {
    const page = JSON.stringify(Array.from({ length: 1000 }, (_, at) => rowOf("linear", { id: at + 1, time: NOW })));
    const { gateway, http } = gatewayOver("linear", ({ path }) => ({ body: path.endsWith("forceOrders") ? "[]" : page }));
    expect(await gateway.fillsSince("BTCUSDT", NOW)).toHaveLength(1000);
    expect(http.seen.length).toBeLessThan(5);
  });
});

describe("an execution that nobody has ordered", () => {
  // The example of "User's Force Orders", developers.binance.com, with the order ids of the trades below.
  const forced = [
    { orderId: 71, symbol: "BTCUSDT", status: "FILLED", clientOrderId: "autoclose-1596107620040000020", time: NOW - 500 },
    { orderId: 72, symbol: "BTCUSDT", status: "FILLED", clientOrderId: "adl_autoclose", time: NOW - 400 },
  ];
  const rows = [71, 72, 73].map((orderId, at) => ({ ...rowOf("linear", { id: at + 1, time: NOW - 500 + 100 * at }), orderId }));

  it("is known in the history by the exchange's own list of them", async () => {
    const { gateway } = gatewayOver("linear", ({ path, parameters }) => {
      if (path === "/fapi/v1/forceOrders") return { body: JSON.stringify(Number(parameters["startTime"]) <= NOW - 500 ? forced : []) };
      return { body: JSON.stringify(parameters["fromId"] === undefined ? rows : []) };
    });
    const fills = await gateway.fillsSince("BTCUSDT", NOW - 1000);
    expect(fills.map(({ cause }) => cause)).toEqual(["liquidation", "adl", "order"]);
  });

  it("is asked about once: what was not forced a minute ago never will be", async () => {
    const old = rows.map((row) => ({ ...row, time: NOW - 120_000 }));
    const { gateway, http } = gatewayOver("linear", ({ path, parameters }) => ({
      body: JSON.stringify(path === "/fapi/v1/forceOrders" || parameters["fromId"] !== undefined ? [] : old),
    }));
    await gateway.fillsSince("BTCUSDT", NOW - 200_000);
    await gateway.fillsSince("BTCUSDT", NOW - 200_000);
    expect(http.seen.filter(({ path }) => path.endsWith("forceOrders"))).toHaveLength(1);
  });
});

describe("the movements of money since a moment", () => {
  it("come from every page, and what executions tell is left to them", async () => {
    const rows = Array.from({ length: 2100 }, (_, at) => ({
      symbol: at % 3 === 0 ? "" : "BTCUSDT",
      incomeType: ["TRANSFER", "FUNDING_FEE", "COMMISSION"][at % 3],
      income: "-0.5",
      asset: "USDT",
      time: NOW - DAY,
      tranId: at,
    }));
    const { gateway } = gatewayOver("linear", ({ parameters }) => {
      const first = (Number(parameters["page"]) - 1) * 1000;
      const inWindow = Number(parameters["startTime"]) <= NOW - DAY && Number(parameters["endTime"]) >= NOW - DAY;
      return { body: JSON.stringify(inWindow ? rows.slice(first, first + 1000) : []) };
    });
    const transfers = await gateway.transfersSince(NOW - 10 * DAY);
    expect(transfers).toHaveLength(1400);
    expect(new Set(transfers.map(({ id }) => id)).size).toBe(1400);
    expect(transfers[0]).toEqual({ kind: "transfer", id: "TRANSFER:0", asset: "USDT", amount: -0.5, symbol: undefined, time: NOW - DAY });
    expect(transfers[1]).toMatchObject({ kind: "funding", symbol: "BTCUSDT" });
  });

  it("are not asked for on spot", async () => {
    const { gateway, http } = gatewayOver("spot", () => ({ body: "[]" }));
    expect(await gateway.transfersSince(0)).toEqual([]);
    expect(http.seen).toHaveLength(0);
  });
});
