import { kindOfRoles, parseColumns } from "./csv/layout.ts";
import type { Outcome } from "./outcome.ts";
import { type PartContext, toPart } from "./parts.ts";
import { recogniseHeader } from "./roles.ts";
import { type NamedColumn, rowsOfColumns } from "./table.ts";

/** Rows of a file whose columns have names and types: feather, Parquet. */
export function readTable(columns: readonly NamedColumn[], context: PartContext): Outcome {
  const { title, hints, options } = context;
  const names = columns.map(({ name }) => name);
  const wanted = options.kind ?? hints.kind;
  // freqtrade keeps funding rates in the column open of a table of bars.
  const isRateInOpen = wanted === "funding" && !names.some((name) => /rate/i.test(name)) && names.includes("open");
  const chosen = options.columns === undefined ? undefined : parseColumns(options.columns, names);
  const layout =
    chosen !== undefined
      ? { kind: kindOfRoles(chosen, options.kind), roles: chosen }
      : recogniseHeader(isRateInOpen ? names.map((name) => (name === "open" ? "rate" : name)) : names, wanted);
  if (layout === undefined || layout.kind === "instruments") {
    return {
      status: "unrecognised",
      why: `the columns ${names.slice(0, 8).join(", ")} are no bars, trades, funding rates or open interest`,
    };
  }
  if (layout.kind === "skip") return { status: "skipped", what: layout.what };
  const priceType = options.priceType ?? hints.priceType;
  const raw = rowsOfColumns(columns, layout.roles, {
    title,
    isVolumeOptional: priceType === "mark" || priceType === "index",
    timeUnit: options.timeUnit,
    kind: layout.kind,
  });
  return { status: "read", parts: [toPart(layout.kind, raw, context)] };
}
