import type { Command } from "commander";
import type { CliContext } from "./context.ts";

/** `metaexpert data …`: bring market data in, look at it, check it, hand it out. Each action's code is loaded when it runs. */
export function registerDataCommand(program: Command, context: CliContext): void {
  const data = program.command("data").description("import, check and export market data");
  addImport(data, context);
  addList(data, context);
  addVerify(data, context);
  addExport(data, context);
  addResample(data, context);
  addRemove(data, context);
}

const SERIES = 'a name from "data list" or some words of it, such as "binance BTCUSDT 1m"';

function addImport(data: Command, context: CliContext): void {
  data
    .command("import")
    .description("bring files and folders of market data into the archive")
    .argument("<paths...>", "files or folders: LEAN, freqtrade, Binance's public archive, OctoBot, csv, Parquet; zip and gz too")
    .option("--exchange <name>", "exchange the data is from, where paths do not say it")
    .option("--market <market>", "spot, linear, inverse or option")
    .option("--symbol <symbol>", "such as BTCUSDT")
    .option("--timeframe <timeframe>", "length of the bars, such as 1m")
    .option("--kind <kind>", "bars, trades, funding or openInterest")
    .option("--price-type <type>", "trade, mark, index, bid or ask")
    .option("--columns <map>", "what the columns of a csv or Parquet file are: time=0,open=1,… or time=Date,open=Open,…")
    .option("--time-unit <unit>", "s, ms, us, ns or date, where numbers do not say it")
    .option("--timezone <zone>", "zone of dates without an offset", "UTC")
    .option("--delimiter <character>", "what separates the fields of a csv, where it is not seen")
    .option("--dry-run", "read and check everything, store nothing")
    .action(async (paths: string[], options: Record<string, string | boolean>) => {
      const { importCommand } = await import("./data/import.ts");
      await importCommand(paths, options, context);
    });
}

function addList(data: Command, context: CliContext): void {
  data
    .command("list")
    .description("show what is stored")
    .argument("[series...]", SERIES)
    .action(async (words: string[]) => {
      const { listCommand } = await import("./data/list.ts");
      await listCommand(words, context);
    });
}

function addVerify(data: Command, context: CliContext): void {
  data
    .command("verify")
    .description("report gaps, bars off their timeframe's grid, impossible prices and damaged files")
    .argument("[series...]", SERIES)
    .option("--gaps <count>", "gaps to print per series, the longest first", "5")
    .action(async (words: string[], options: { gaps: string }) => {
      const { verifyCommand } = await import("./data/verify.ts");
      await verifyCommand(words, options, context);
    });
}

function addExport(data: Command, context: CliContext): void {
  data
    .command("export")
    .description("write one series to a file or to standard output")
    .argument("<series...>", SERIES)
    .option("--format <format>", "csv, json or parquet; the ending of --output says it as well")
    .option("--output <file>", "the file to write; standard output without it")
    .option("--from <date>", "first moment, such as 2022-01-01")
    .option("--to <date>", "end, not included")
    .option("--time <format>", "ms or iso", "ms")
    .action(async (words: string[], options: Record<string, string>) => {
      const { exportCommand } = await import("./data/export.ts");
      await exportCommand(words, options, context);
    });
}

function addResample(data: Command, context: CliContext): void {
  data
    .command("resample")
    .description("build coarser bars from stored bars or trades")
    .argument("<series...>", SERIES)
    .requiredOption("--into <timeframe>", "the timeframe to build, such as 1h")
    .option("--week-start <day>", "monday, or thursday as KuCoin counts weeks", "monday")
    .option("--partial", "keep a first and a last bar that the rows may cover only in part")
    .option("--print", "print csv instead of storing the bars")
    .action(async (words: string[], options: Record<string, string | boolean>) => {
      const { resampleCommand } = await import("./data/resample.ts");
      await resampleCommand(words, options, context);
    });
}

function addRemove(data: Command, context: CliContext): void {
  data
    .command("remove")
    .description("take series out of the archive")
    .argument("<series...>", SERIES)
    .option("--yes", "do not ask")
    .action(async (words: string[], options: { yes?: boolean }) => {
      const { removeCommand } = await import("./data/remove.ts");
      await removeCommand(words, options, context);
    });
}
