import type { RejectClass } from "../../../engine/venue-facts.ts";

/**
 * Codes with which Binance refuses, by what the refusal is about. Only codes of the published lists stand here: binance/binance-spot-api-docs
 * `errors.md` at a5e0bc3 (21 July 2026) and developers.binance.com, derivatives, "Error Codes" (June 2026). One that is missing proves
 * nothing.
 */
const COMMON: Readonly<Record<string, RejectClass>> = {
  ...classify("permission", [-1002, -1022, -2014, -2015]),
  ...classify("rate", [-1003, -1015, -1034]),
  ...classify("busy", [-1016]),
  ...classify("timestamp", [-1021]),
  ...classify("grid", [-1111]),
  ...classify("gone", [-2011, -2013]),
  // Malformed: what was sent cannot have become an order.
  ...classify("other", [-1014, -1020, -1100, -1101, -1102, -1103, -1104, -1105, -1106, -1112, -1114, -1115, -1116, -1117, -1118, -1119]),
  ...classify("other", [-1121, -1128, -1130, -2016]),
};

const SPOT: Readonly<Record<string, RejectClass>> = {
  ...COMMON,
  ...classify("gone", [-2026]),
  ...classify("other", [-1108, -1122, -1134, -1135, -1145, -1158, -1160, -1165, -1166, -1168, -1220, -2038, -2039]),
  // The legs of an order list are on the wrong side of the price: one of them would be touched at once.
  ...classify("wouldTrigger", [-1196, -1197, -1198, -1199]),
};

const FUTURES: Readonly<Record<string, RejectClass>> = {
  ...COMMON,
  ...classify("permission", [-1011, -1109, -4056, -4057, -4089, -4090, -4189, -4192]),
  // "System overload; 100% failure", exempt are orders that reduce (futures, general information, "HTTP 503 Status").
  ...classify("busy", [-1008]),
  ...classify("timestamp", [-4188, -5028]),
  ...classify("funds", [-2018, -2019, -4050, -4051]),
  ...classify("grid", [-4003, -4004, -4005, -4014, -4023, -4164, -4178]),
  ...classify("price", [-4001, -4002, -4006, -4007, -4013, -4016, -4024, -4113, -4131, -4135, -4151, -4152, -4154, -4155, -5022]),
  ...classify("reduceOnly", [-2022, -2024, -2026, -4062, -4112, -4118, -4138]),
  ...classify("wouldTrigger", [-2021, -4142]),
  ...classify("positionMode", [-4059, -4060, -4061, -4067, -4068, -4220, -4531]),
  ...classify("liquidation", [-2023]),
  ...classify("notTrading", [-4108, -4140, -4141]),
  ...classify("other", [-1108, -1110, -1136, -2020, -2025, -2027, -2028, -4015, -4031, -4045, -4120, -4137, -4139]),
  ...classify("other", [-4197, -4198, -4199, -5021, -5027]),
};

/** What a listed code is about; undefined for one that is not listed. */
export function rejectClassOf(market: "spot" | "linear" | "inverse", code: string): RejectClass | undefined {
  const table = market === "spot" ? SPOT : FUTURES;
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

/**
 * Texts of the matching engine behind -1010, -1013, -2010 and -2038, which say nothing by themselves. "duplicate" is no refusal of ours:
 * the order of that name may be the one that is asked about.
 */
const TEXTS: ReadonlyArray<readonly [RegExp, RejectClass]> = [
  [/duplicate order/i, "duplicate"],
  [/insufficient (balance|margin)|balance is insufficient/i, "funds"],
  [/trigger immediately|relationship of the prices/i, "wouldTrigger"],
  [/immediately match and take|PERCENT_PRICE/i, "price"],
  [/PRICE_FILTER|LOT_SIZE|NOTIONAL|TRAILING_DELTA|ICEBERG_PARTS|quantity is zero or less|QTY is zero or less/i, "grid"],
  [
    /may not place or cancel|actions? is disabled|not permitted for this account|restricted for this account|trading is not enabled/i,
    "permission",
  ],
  [/unknown order/i, "gone"],
  // "Filter failures" and "Messages" of spot, `errors.md`.
  [/market is closed/i, "notTrading"],
];

export function rejectClassOfText(text: string): RejectClass {
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1] ?? "other";
}

function classify(rejectClass: RejectClass, codes: readonly number[]): Record<string, RejectClass> {
  return Object.fromEntries(codes.map((code) => [String(code), rejectClass]));
}
