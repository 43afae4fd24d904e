/** One client in a process of its own: `measure-client.ts CLIENT TAPE PORT WARM TIMES`; see `client.c` for what it prints and writes. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemScheduler } from "../../src/base/scheduler.ts";
import type { MarketSource } from "../../src/engine/market-source.ts";
import { createSocketTransport } from "../../src/exchanges/transport/ws-socket.ts";
import { createCcxt, symbolOf, type CcxtBook, type CcxtQuote, type CcxtTrade } from "./ccxt-client.ts";
import { readTape, type FrameKind } from "./frames.ts";
import { follow, openSource } from "./paths.ts";
import { memoryFolder } from "./programs.ts";
import { Tally } from "./tally.ts";

const [clientName = "", tapeName = "", port = "", warmText = "", timesFile = ""] = process.argv.slice(2);
const tape = readTape(tapeName);
const warm = Number(warmText);
const { frames } = tape;
/** When each frame was handled, milliseconds of this process; NaN where another one was handled in its place. */
const times = new Float64Array(frames.length).fill(NaN);
const places = new Map<string, number>(frames.map(({ kind, id }, index) => [`${kind} ${id}`, index]));
let seen = 0;
let last = frames.length - 1;
let cpu = process.cpuUsage();

function handled(index: number): void {
  times[index] = performance.now();
  if (seen < warm && index + 1 >= warm) cpu = process.cpuUsage();
  seen = Math.max(seen, index + 1);
  if (index === last) finish();
}

function handledBy(kind: FrameKind, id: number | string): void {
  const index = places.get(`${kind} ${id}`);
  if (index !== undefined) handled(index);
}

let tally = new Tally();

function finish(): void {
  const { user, system } = process.cpuUsage(cpu);
  const offset = Number(process.hrtime.bigint()) - performance.now() * 1e6;
  const ns = BigInt64Array.from(times, (time) => (Number.isNaN(time) ? -1n : BigInt(Math.round(time * 1e6 + offset))));
  writeFileSync(timesFile, ns);
  console.log(`${(user + system) * 1000} ${tally.digest}`);
  // oxlint-disable-next-line unicorn/no-process-exit -- what a run does on leaving is not measured
  process.exit(0);
}

const CLIENTS: Readonly<Record<string, () => Promise<void>>> = { ours, expert, ccxt };
await CLIENTS[clientName]?.();
console.log("ready");

async function ours(): Promise<void> {
  // Every frame is handled once and in its order, so counting tells which it is.
  let index = -1;
  let isOn = false;
  const source = openSource(tape, createSocketTransport({ scheduler: systemScheduler }), `http://127.0.0.1:${port}`);
  tally = await follow(source, tape, () => {
    if (isOn) handled((index += 1));
  });
  isOn = true;
}

async function expert(): Promise<void> {
  // Only this client loads all of a run.
  const { runExpert } = await import("./expert-run.ts");
  const home = mkdtempSync(join(memoryFolder(), "metaexpert-bench-"));
  process.once("exit", () => rmSync(home, { recursive: true, force: true }));
  const books = frames.flatMap(({ kind }, index) => (kind === "depth" ? [index] : []));
  // Quotes are for the engine, not for the expert.
  last = frames.findLastIndex(({ kind }) => kind !== "quote");
  let arrived = -1;
  let isOn = false;
  const source = openSource(tape, createSocketTransport({ scheduler: systemScheduler }), `http://127.0.0.1:${port}`);
  const counted: MarketSource = {
    name: source.name,
    instruments: (symbols) => source.instruments(symbols),
    history: (symbol, timeframe, range) => source.history(symbol, timeframe, range),
    subscribe: (subscriptions, listener) =>
      source.subscribe(subscriptions, {
        onBar: (symbol, timeframe, bar) => listener.onBar(symbol, timeframe, bar),
        onTrade: (symbol, trade) => listener.onTrade(symbol, trade),
        onQuote: (symbol, quote) => listener.onQuote(symbol, quote),
        onFunding: (symbol, funding) => listener.onFunding(symbol, funding),
        onUp: (symbol) => listener.onUp(symbol),
        onDown: (symbol, reason) => listener.onDown(symbol, reason),
        onBook: (symbol, book) => {
          if (isOn) arrived += 1;
          listener.onBook(symbol, book);
        },
      }),
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
  tally = await runExpert(counted, tape, home, (id) => {
    if (!isOn) return;
    if (id !== undefined) handledBy("trade", id);
    // Of books that wait only the latest is handed out.
    else if (arrived >= 0) handled(books[arrived] as number);
  });
  isOn = true;
}

async function ccxt(): Promise<void> {
  const exchange = await createCcxt(tape, `127.0.0.1:${port}`);
  const symbol = symbolOf(tape);
  let hasBook: () => void = () => {};
  const ready = new Promise<void>((resolve) => (hasBook = resolve));
  void forever(async () => {
    const { bids, asks, nonce } = (await exchange.watchOrderBook(symbol)) as unknown as CcxtBook;
    tally.pair(bids[0]?.[0] ?? NaN, asks[0]?.[0] ?? NaN);
    handledBy("depth", nonce);
    hasBook();
  });
  void forever(async () => {
    const trades = (await exchange.watchTrades(symbol, undefined, undefined, { name: "aggTrade" })) as unknown as readonly CcxtTrade[];
    for (const { id, price, amount } of trades) {
      tally.trade({ price, quantity: amount });
      handledBy("trade", id);
    }
  });
  void forever(async () => {
    const quotes = (await exchange.watchBidsAsks([symbol])) as unknown as Readonly<Record<string, CcxtQuote>>;
    const quote = quotes[symbol];
    if (quote === undefined) return;
    tally.pair(quote.bid, quote.ask);
    handledBy("quote", quote.info.u);
  });
  await ready;
  tally = new Tally();
}

/** As a user of ccxt would write it. */
async function forever(step: () => Promise<void>): Promise<never> {
  for (;;) await step();
}
