import type { ImportKind } from "./hints.ts";

/** What a column of a table means. */
export const ROLES = [
  "time",
  "open",
  "high",
  "low",
  "close",
  "volume",
  "price",
  "quantity",
  "side",
  "buyerMaker",
  "id",
  "rate",
  "openInterest",
  "exchange",
  "symbol",
] as const;
export type Role = (typeof ROLES)[number];

/** Names of columns, lower case and without separators, the surest first. */
const NAMES: Readonly<Record<Role, string>> = {
  time: "opentime timestamp unix unixtime time datetime date ts t calctime fundingtime createtime transacttime tradetime startat start index",
  open: "open o openprice",
  high: "high h highprice",
  low: "low l lowprice",
  close: "close c closeprice",
  volume: "volume vol v basevolume volumebase amount",
  price: "price p tradeprice",
  quantity: "quantity qty amount size volume q basequantity",
  side: "side takerside aggressorside direction type",
  buyerMaker: "isbuyermaker buyermaker m",
  id: "id tradeid aggtradeid tid a",
  rate: "fundingrate lastfundingrate rate",
  openInterest: "sumopeninterest openinterest oi",
  exchange: "exchange venue",
  symbol: "symbol pair market instrument ticker",
};

/** A table whose columns say what it is: rows to store, or something known that the archive has no place for. */
export type Layout =
  | { readonly kind: ImportKind; readonly roles: ReadonlyMap<Role, number> }
  | { readonly kind: "skip"; readonly what: string }
  | { readonly kind: "instruments" };

/** Understands a header; undefined when it has no columns that the archive can use. */
export function recogniseHeader(names: readonly string[], wanted: ImportKind | undefined): Layout | undefined {
  const plain = names.map((name) => name.toLowerCase().replaceAll(/[^a-z0-9[\].]/g, ""));
  const has = (...columns: readonly string[]): boolean => columns.every((column) => plain.includes(column));
  if (has("minimumpricevariation", "lotsize")) return { kind: "instruments" };
  if (plain.some((name) => /^(asks|bids)\[/.test(name)) || has("issnapshot") || has("updatetype") || has("lastupdateid")) {
    return { kind: "skip", what: "an order-book recording" };
  }
  const isQuotes = [
    ["askprice", "bidprice"],
    ["ask", "bid"],
    ["bestbidprice", "bestaskprice"],
  ].some((pair) => has(...pair)); // prettier-ignore
  if (isQuotes) return { kind: "skip", what: "quote ticks" };
  if (has("percentage", "depth")) return { kind: "skip", what: "order-book depth" };
  if (has("tier", "maintenancemarginrate")) return { kind: "skip", what: "leverage tiers" };

  const place = (role: Role): number => placeOf(role, plain);
  const roles = (...list: readonly Role[]): ReadonlyMap<Role, number> =>
    new Map(list.map((role) => [role, place(role)] as const).filter(([, at]) => at >= 0));
  const can = (...list: readonly Role[]): boolean => list.every((role) => place(role) >= 0);
  const address = ["exchange", "symbol"] as const;

  if (wanted !== undefined && wanted !== "bars" && wanted !== "trades") {
    const role = wanted === "funding" ? "rate" : "openInterest";
    if (can("time", role)) return { kind: wanted, roles: roles("time", role, ...address) };
  }
  if (can("time", "open", "high", "low", "close") && wanted !== "trades") {
    const bars = new Map(roles("time", "open", "high", "low", "close", "volume", ...address));
    const volume = plain.findIndex((name) => name.startsWith("volume"));
    if (!bars.has("volume") && volume >= 0) bars.set("volume", volume);
    return { kind: "bars", roles: bars };
  }
  if (can("time", "rate")) return { kind: "funding", roles: roles("time", "rate", ...address) };
  if (can("time", "openInterest")) return { kind: "openInterest", roles: roles("time", "openInterest", ...address) };
  if (can("time", "price", "quantity")) {
    return {
      kind: "trades",
      roles: roles("time", "price", "quantity", place("buyerMaker") >= 0 ? "buyerMaker" : "side", "id", ...address),
    };
  }
  return undefined;
}

/** The column of a role, or -1. A first column without a name is an index, which in tables of prices is the time. */
function placeOf(role: Role, plain: readonly string[]): number {
  const named = NAMES[role]
    .split(" ")
    .map((name) => plain.indexOf(name))
    .find((found) => found >= 0);
  return named ?? (role === "time" && plain[0] === "" ? 0 : -1);
}

/** The columns a kind cannot do without. */
export function requiredRoles(kind: ImportKind): readonly Role[] {
  switch (kind) {
    case "bars":
      return ["time", "open", "high", "low", "close"];
    case "trades":
      return ["time", "price", "quantity"];
    case "funding":
      return ["time", "rate"];
    case "openInterest":
      return ["time", "openInterest"];
  }
}

/** Words for who took liquidity, with the archive's number. */
export const SIDES: Readonly<Record<string, number>> = {
  buy: 1,
  b: 1,
  bid: 1,
  buyer: 1,
  "1": 1,
  sell: -1,
  s: -1,
  ask: -1,
  seller: -1,
  "-1": -1,
};

/** Rows as columns before anybody has decided which series they belong to. */
export interface RawRows {
  readonly rows: number;
  /** Milliseconds since the epoch. */
  readonly time: Float64Array;
  readonly numbers: ReadonlyMap<Role, Float64Array>;
  readonly side?: Int8Array;
  readonly id?: readonly string[];
  /** Texts of the first row. */
  readonly exchange?: string;
  readonly symbol?: string;
  /** Where a row stands, for messages: `line 12`. */
  readonly place: (row: number) => string;
}
