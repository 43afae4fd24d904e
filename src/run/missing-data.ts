import type { Archive, InstrumentAddress, SeriesInfo } from "../archive/archive.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import { nearestName } from "../expert/suggest.ts";

/** What is wanted and what little of it is there. */
interface Missing {
  readonly archive: Archive;
  readonly address: InstrumentAddress;
  readonly run: ResolvedRunOptions;
  /** Series of the symbol that would do, were it not for the period. */
  readonly stored: readonly SeriesInfo[];
}

const IMPORT = 'bring data in with "metaexpert data import PATH", or try the expert with --simulated';

/** Why the archive cannot serve a run, and what to do about it, in one sentence. */
export async function describeMissing({ archive, address, run, stored }: Missing): Promise<string> {
  const { symbol } = address;
  const first = stored[0];
  if (first !== undefined) {
    const period = `${dayOf(first.firstTime)} to ${dayOf(first.lastTime)}`;
    return `the archive has ${marketName(address)} ${symbol} from ${period} only: choose --from and --to within it, or ${IMPORT}`;
  }
  const bars = (await archive.list()).filter(({ key }) => key.kind === "bars");
  if (bars.length === 0) return `the archive is empty: ${IMPORT}`;

  const sameSymbol = bars.filter(({ key }) => key.symbol === symbol);
  const sameMarket = bars.filter(({ key }) => key.exchange === address.exchange && key.market === address.market);
  const coarse = sameSymbol.filter((info) => sameMarket.includes(info));
  if (coarse.length > 0) {
    const timeframes = coarse.map(({ key }) => (key.kind === "bars" ? key.timeframe : "")).join(", ");
    return `the archive has ${marketName(address)} ${symbol} in ${timeframes} only, and bars of ${run.timeframe} cannot be built from that: import finer bars`;
  }
  if (sameSymbol.length > 0) {
    const places = [...new Set(sameSymbol.map(({ key }) => marketName(key)))].join(", ");
    return `the archive has no bars of ${marketName(address)} ${symbol}, but of ${places}: choose it with --exchange and --market, or ${IMPORT}`;
  }
  const symbols = [...new Set(sameMarket.map(({ key }) => key.symbol))];
  const nearest = nearestName(symbol, symbols);
  const hint = nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
  const stock = symbols.length === 0 ? "" : `, only of ${symbols.slice(0, 5).join(", ")}${symbols.length > 5 ? " and others" : ""}`;
  return `the archive has no bars of ${marketName(address)} ${symbol}${hint}${stock}: "metaexpert data list" shows what there is; ${IMPORT}`;
}

/** `binance spot` */
export function marketName({ exchange, market }: Pick<InstrumentAddress, "exchange" | "market">): string {
  return `${exchange} ${market}`;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
