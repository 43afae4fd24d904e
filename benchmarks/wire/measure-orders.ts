/** The road of an order in a process of its own: `measure-orders.ts KEY FOLDER PORT COUNT PAUSE TIMES`; writes decision and socket write of each, ns. */
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { silentLogger } from "../../src/base/logger.ts";
import { createRandom } from "../../src/base/random.ts";
import { systemScheduler, type Scheduler } from "../../src/base/scheduler.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { Inbox } from "../../src/engine/inbox.ts";
import { VenueExchange } from "../../src/engine/venue/venue-exchange.ts";
import { endpointsOf } from "../../src/exchanges/binance/endpoints.ts";
import { Credentials } from "../../src/exchanges/binance/trading/credentials.ts";
import { createBinanceGateway } from "../../src/exchanges/binance/trading/gateway.ts";
import { createHttpTransport } from "../../src/exchanges/transport/node-http.ts";
import { createSocketTransport } from "../../src/exchanges/transport/ws-socket.ts";
import { defineExpert } from "../../src/expert/define.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { openFileJournal } from "../../src/operations/journal/file-journal.ts";
import { nodeDisk } from "../../src/operations/node-disk.ts";
import type { SessionHeader } from "../../src/run/session-header.ts";
import { createTradingSession } from "../../src/run/trading-session.ts";
import { watchSocketWrites } from "./socket-writes.ts";

const [keyKind = "", folder = "", port = "", countText = "", pauseText = "", timesFile = ""] = process.argv.slice(2);
const count = Number(countText);
/** Milliseconds from an answer to the next order; 0 for at once. */
const pauseMs = Number(pauseText);

const INSTRUMENT: Instrument = {
  kind: "spot",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  priceStep: "0.01",
  quantityStep: "0.00001",
};

/** A clock two seconds ahead with each order: the exchange's limits, which are kept on this road too, allow no more at once. */
let aheadMs = 0;
const scheduler: Scheduler = {
  now: () => systemScheduler.now() + aheadMs,
  after: (delayMs, run) => systemScheduler.after(delayMs, run),
};

const decided: bigint[] = [];
const written: bigint[] = [];
watchSocketWrites(() => {
  // A request may be handed over in pieces; the last one counts.
  if (decided.length > 0) written[decided.length - 1] = process.hrtime.bigint();
});

let onAnswered: () => void = () => {};
const definition = defineExpert({ name: "Buyer", symbol: "BTCUSDT", timeframe: "1h" }, (expert) => {
  expert.onTick(({ price }) => {
    decided.push(process.hrtime.bigint());
    const outcome = expert.buy({ quantity: 0.001, price, timeInForce: "IOC" });
    if (!outcome.accepted) throw new Error(`the order was refused: ${outcome.reason}`);
  });
  expert.onOrder(({ status }) => {
    if (status === "expired" || status === "cancelled" || status === "rejected") onAnswered();
  });
});

const run = resolveRunOptions(definition.options, {
  mode: "live",
  exchange: "binance",
  marketType: "spot",
  seed: 1,
  onError: "halt",
  risk: { maxPositionSizeQuote: 10_000, maxOrderSizeQuote: 1_000, maxDrawdownPct: 50 },
});
const inbox = new Inbox([{ symbol: "BTCUSDT", timeframe: "1h", kind: "barsAndTrades" }], scheduler);
const gateway = createBinanceGateway({
  market: "spot",
  instruments: [INSTRUMENT],
  credentials: new Credentials("key", secretOf(keyKind)),
  endpoints: endpointsOf({ market: "spot", baseUrl: `http://127.0.0.1:${port}` }),
  http: createHttpTransport({ scheduler }),
  sockets: createSocketTransport({ scheduler }),
  scheduler,
  random: createRandom(1),
});
const venue = new VenueExchange({
  gateway,
  instruments: [INSTRUMENT],
  scheduler,
  log: silentLogger,
  report: (report) => inbox.push({ kind: "report", report }),
  onVisibility: () => {},
  bookedBalance: () => undefined,
});
const header: SessionHeader = {
  version: 1,
  startedAt: scheduler.now(),
  idPrefix: "bench",
  tradesFrom: 0,
  expert: { name: "Buyer", file: undefined, sourceHash: "" },
  run,
  initialCapital: 10_000,
  startEquity: 10_000,
  costRate: 0.001,
  streams: inbox.streams,
  instruments: [INSTRUMENT],
  exchange: { name: "binance", capabilities: gateway.capabilities, simulated: undefined },
};
const { journal } = openFileJournal({ disk: nodeDisk, folder, identity: { strategy: "benchmark", mode: "live" } });
const session = createTradingSession({ header, definition, exchange: venue, journal, restored: undefined, log: silentLogger });
const done = session.run(inbox);

for (let index = 0; index < count; index += 1) {
  aheadMs += 2_000;
  const answered = new Promise<void>((resolve) => (onAnswered = resolve));
  inbox.pushTrade(0, { id: String(index), time: scheduler.now(), price: 64_000 + (index % 50) / 100, quantity: 0.01, takerSide: "buy" });
  // Whoever fails ends the run.
  await Promise.race([answered, done.then((reason) => Promise.reject(new Error(`the run has ended: ${reason}`)))]);
  await new Promise((resolve) => (pauseMs > 0 ? setTimeout(resolve, pauseMs) : setImmediate(resolve)));
}
writeFileSync(timesFile, BigInt64Array.from(decided.flatMap((at, index) => [at, written[index] ?? -1n])));
console.log("done");
// oxlint-disable-next-line unicorn/no-process-exit -- what a run does on leaving is not measured
process.exit(0);

function secretOf(kind: string): string {
  if (kind === "hmac") return "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
  return generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
