/**
 * The main job behind `npm start`: a year of minute bars, a backtest of `examples/binance-ema` over it, the report and the tear sheet.
 * Works without a network, a server or an account, and again as often as you like.
 */
import { join } from "node:path";
import { createContext, processSurroundings } from "../src/apps/cli/context.ts";
import { main } from "../src/apps/cli/main.ts";
import { openArchive } from "../src/archive/open.ts";
import { MetaExpertError } from "../src/base/errors.ts";
import { downloadYear, hasYear, type YearOfBars } from "../src/run/download.ts";
import { archiveFolder } from "../src/run/home.ts";

const wanted: YearOfBars = { symbol: "BTCUSDT", timeframe: "1m", year: 2024 };
const seed = 42;

const root = join(import.meta.dirname, "..");
const surroundings = processSurroundings();
const context = createContext(surroundings, () => ({}));

const hasData = await bringData();
// From here on Ctrl-C ends the process at once, as it does in the command line's own backtest.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(signal);
if (context.interruption !== undefined) process.exitCode = 130;
else {
  const data = hasData ? ["--from", `${wanted.year}-01-01`, "--to", `${wanted.year + 1}-01-01`] : ["--simulated", "--seed", String(seed)];
  const expert = join(root, "examples", "binance-ema");
  process.exitCode = await main(["backtest", expert, ...data, ...process.argv.slice(2)], surroundings);
}

/** A year of real bars in the archive, fetched when it is not there yet; false when that cannot be had now. */
async function bringData(): Promise<boolean> {
  await using archive = openArchive(archiveFolder(context.home));
  if (await hasYear(archive, wanted)) return true;
  const { symbol, timeframe, year } = wanted;
  const progress = context.progress(`Fetching ${symbol} ${timeframe} of ${year} from Binance`, 12);
  try {
    await downloadYear(wanted, {
      archive,
      folder: join(context.home, "downloads"),
      onProgress: (files) => progress.update(files, `${files} of 12 months`),
      signal: context.signal,
    });
    progress.finish();
    return true;
  } catch (error) {
    progress.finish();
    if (!(error instanceof MetaExpertError)) throw error;
    if (context.interruption === undefined) {
      context.note(`No market data from Binance (${error.message}), so this run trades on the built-in market simulator, seed ${seed}.\n`);
    }
    return false;
  }
}
