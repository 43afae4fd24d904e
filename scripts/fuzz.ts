/**
 * The long run behind `npm run fuzz -- --count N [--seed S]`: damaged messages thrown at every decoder of an exchange, half of them at the
 * public ones, half at the private ones. What breaks a decoder is printed with the seed that repeats it.
 */
import { parseArgs } from "node:util";
import { fuzzTradingDecoders } from "../test/exchanges/binance/fuzz-trading.ts";
import { fuzzBinanceMarket } from "../test/fuzz/binance-market.ts";

/** Messages between two lines of progress. */
const BATCH = 50_000;

const { values } = parseArgs({ options: { count: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } } });
const wrong = Object.entries(values).find(([, text]) => !(Number.isSafeInteger(Number(text)) && Number(text) > 0));
if (wrong === undefined) run(Number(values.count), Number(values.seed));
else {
  console.error(`--${wrong[0]} takes a whole number above 0, not "${wrong[1]}".`);
  process.exitCode = 2;
}

function run(count: number, seed: number): void {
  const started = performance.now();
  let done = 0;
  let taken = 0;
  while (done < count) {
    const half = Math.ceil(Math.min(BATCH, count - done) / 2);
    taken += fuzzBinanceMarket({ seed: seed + done, iterations: half }).taken;
    taken += fuzzTradingDecoders(seed + done, half).taken;
    done += 2 * half;
    console.log(`${done.toLocaleString("en")} messages, ${((performance.now() - started) / 1_000).toFixed(0)} s`);
  }
  const rate = (done / (performance.now() - started)) * 1_000;
  console.log(`No crash, no hang, no prototype touched; ${taken.toLocaleString("en")} were taken, ${rate.toFixed(0)} messages a second.`);
}
