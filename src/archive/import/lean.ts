import { DataError } from "../../base/errors.ts";
import { DAY_MS, type Timeframe } from "../../domain/timeframe.ts";
import { readRows, type RowPlan } from "./csv/rows.ts";
import { midnightOf, UTC } from "./csv/time.ts";
import type { Hints } from "./hints.ts";
import type { Outcome, Part } from "./outcome.ts";
import { type PartContext, toPart } from "./parts.ts";
import type { Role } from "./roles.ts";

/** What a path in LEAN's layout says: `crypto/binance/minute/btcusdt/20220101_trade.zip`, `crypto/binance/hour/btcusdt_quote.zip`. */
export interface LeanFile {
  readonly resolution: "tick" | "second" | "minute" | "hour" | "daily";
  readonly content: "trade" | "quote" | "openinterest";
  readonly symbol: string;
  /** Midnight UTC from which times count; undefined where rows carry dates. */
  readonly midnight: number | undefined;
  /** Shares and options have scaled prices and exchange time, which this archive does not know. */
  readonly isSecurity: boolean;
}

const BY_DAY = /(?:^|\/)(tick|second|minute)\/([^/]+)\/(\d{8})_(trade|quote|openinterest)(?:_[a-z0-9_]+)?(?:\/|\.zip|$)/i;
const WHOLE = /(?:^|\/)(hour|daily)\/([^/_]+)_(trade|quote|openinterest)(?:_[a-z0-9_]+)?(?:\/|\.zip|$)/i;
const UNPACKED = /(?:^|\/)(\d{8})_([^/_]+)_(tick|second|minute)_(trade|quote|openinterest)(?:_[a-z0-9]+)?\.csv$/i;

const TIMEFRAMES: Readonly<Record<string, Timeframe>> = { second: "1s", minute: "1m", hour: "1h", daily: "1d" };
const BARS: readonly Role[] = ["open", "high", "low", "close", "volume"];

/** Recognises a file of LEAN by its path. */
export function recogniseLean(path: string): LeanFile | undefined {
  const plain = path.replaceAll("\\", "/");
  const isSecurity = /(?:^|\/)(equity|option|future|futureoption|index|indexoption)\//i.test(plain);
  const day = BY_DAY.exec(plain);
  if (day !== null) return lean(day[1], day[4], day[2], { date: day[3] ?? "", isSecurity });
  const unpacked = UNPACKED.exec(plain);
  if (unpacked !== null) return lean(unpacked[3], unpacked[4], unpacked[2], { date: unpacked[1] ?? "", isSecurity });
  const whole = WHOLE.exec(plain);
  return whole === null ? undefined : lean(whole[1], whole[3], whole[2], { date: undefined, isSecurity });
}

function lean(resolution = "", content = "", symbol = "", rest: { date: string | undefined; isSecurity: boolean }): LeanFile {
  return {
    resolution: resolution.toLowerCase() as LeanFile["resolution"],
    content: content.toLowerCase() as LeanFile["content"],
    symbol: symbol.toUpperCase(),
    midnight: rest.date === undefined ? undefined : midnightOf(rest.date),
    isSecurity: rest.isSecurity,
  };
}

/** Reads LEAN's csv: `time,open,high,low,close,volume`, or with quotes `time,bid open … bid size,ask open … ask size`. */
export function readLean(bytes: Buffer, file: LeanFile, context: PartContext): Outcome {
  const { title } = context;
  if (file.isSecurity) return { status: "skipped", what: "LEAN data of shares, futures or options" };
  if (bytes.length === 0) throw new DataError(`${title} is empty`);
  if (Number.isNaN(file.midnight)) throw new DataError(`${title} has no date in its name`);
  if (file.resolution === "tick" && file.content === "quote") return { status: "skipped", what: "quote ticks" };
  const read = (roles: readonly (Role | undefined)[], hints: Partial<Hints>): Part => {
    const raw = readRows(bytes, planOf(roles, file, context));
    return toPart(kindOf(file), raw, { ...context, hints: { ...context.hints, symbol: file.symbol, ...hints } });
  };
  const timeframe = TIMEFRAMES[file.resolution];
  const bars = timeframe === undefined ? {} : { timeframe };
  if (file.content === "openinterest") return { status: "read", parts: [read(["time", "openInterest"], {})] };
  if (file.resolution === "tick") return { status: "read", parts: [read(["time", "price", "quantity"], {})] };
  if (file.content === "trade") return { status: "read", parts: [read(["time", ...BARS], { ...bars, priceType: "trade" })] };
  const bid = read(["time", ...BARS], { ...bars, priceType: "bid" });
  const ask = read(["time", undefined, undefined, undefined, undefined, undefined, ...BARS], { ...bars, priceType: "ask" });
  return { status: "read", parts: [bid, ask] };
}

function kindOf(file: LeanFile): "bars" | "trades" | "openInterest" {
  if (file.content === "openinterest") return "openInterest";
  return file.resolution === "tick" ? "trades" : "bars";
}

function planOf(columns: readonly (Role | undefined)[], file: LeanFile, { title }: PartContext): RowPlan {
  const roles = new Map(columns.flatMap((role, place) => (role === undefined ? [] : [[role, place] as const])));
  const names = columns.map((role, place) => role ?? String(place + 1));
  const time = file.midnight === undefined ? {} : { midnight: { start: file.midnight, length: DAY_MS } };
  return { title, delimiter: 44, start: 0, firstLine: 1, roles, names, zone: UTC, isVolumeOptional: false, ...time };
}
