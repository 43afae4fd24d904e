import { silentLogger } from "../../src/base/logger.ts";
import { createRandom } from "../../src/base/random.ts";
import { systemScheduler } from "../../src/base/scheduler.ts";
import type { MarketSource } from "../../src/engine/market-source.ts";
import { defineExpert } from "../../src/expert/define.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { startRun } from "../../src/run/live.ts";
import type { Tape } from "./frames.ts";
import { Tally } from "./tally.ts";

/** An expert that listens to books and trades, in a paper run as `metaexpert paper` starts it: queue, journal, session, handler. */
export async function runExpert(
  source: MarketSource,
  { symbol }: Tape,
  home: string,
  onHandled: (id: string | undefined) => void,
): Promise<Tally> {
  const tally = new Tally();
  let isReady: () => void = () => {};
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  const definition = defineExpert({ name: "Listener", symbol, timeframe: "1h" }, (expert) => {
    expert.onBook((book) => {
      tally.book(book);
      onHandled(undefined);
      isReady();
    });
    expert.onTick((trade) => {
      tally.trade(trade);
      onHandled(trade.id);
    });
  });
  const place = {
    source,
    openGateway: () => {
      throw new Error("a paper run has no account");
    },
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
  await startRun({
    definition,
    run: resolveRunOptions(definition.options, { mode: "paper", exchange: "binance", marketType: "spot", seed: 1 }),
    env: {},
    home,
    scheduler: systemScheduler,
    random: createRandom(1),
    log: silentLogger,
    ground: { openPlace: () => Promise.resolve(place) },
  });
  await ready;
  tally.digest = 0;
  tally.handled = 0;
  return tally;
}
