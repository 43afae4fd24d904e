import { ConfigurationError, DataError } from "../../../base/errors.ts";
import type { ImportKind } from "../hints.ts";
import type { Outcome } from "../outcome.ts";
import { type PartContext, toPart } from "../parts.ts";
import { recogniseHeader, type Role } from "../roles.ts";
import { readSymbolProperties } from "../symbol-properties.ts";
import { type Dialect, detectDialect } from "./dialect.ts";
import { kindOfRoles, parseColumns, recogniseBare, settleOrder } from "./layout.ts";
import { readRows } from "./rows.ts";
import { timeZone } from "./time.ts";

/** Reads a csv of any kind, or says what it holds instead. */
export function readCsv(bytes: Buffer, context: PartContext): Outcome {
  const { title, options, hints } = context;
  if (bytes.length === 0) throw new DataError(`${title} is empty`);
  const dialect = detectDialect(bytes, options.delimiter);
  if (dialect === undefined) throw new DataError(`${title} is empty`);
  const found = findRoles(dialect, context);
  if (found === undefined) return { status: "unrecognised", why: describeColumns(dialect) };
  if (found.kind === "skip") return { status: "skipped", what: found.what };
  if (found.kind === "instruments")
    return { status: "read", parts: [{ kind: "instruments", instruments: readSymbolProperties(bytes, title) }] };
  if (dialect.sample.length === 0) throw new DataError(`${title} has a header and no rows`);
  const priceType = options.priceType ?? hints.priceType;
  const zone = timeZone(options.timezone ?? "UTC");
  if (zone === undefined)
    throw new ConfigurationError(`--timezone: "${options.timezone ?? ""}" is not a time zone; use UTC or a name such as Europe/Berlin`);
  const raw = readRows(bytes, {
    title,
    delimiter: dialect.delimiter.charCodeAt(0),
    start: dialect.start,
    firstLine: dialect.line,
    roles: found.roles,
    names: dialect.header ?? namesByPlace(found.roles),
    timeUnit: options.timeUnit,
    zone,
    isVolumeOptional: priceType === "mark" || priceType === "index",
  });
  const settled = found.isOrderOpen ? settleOrder(raw, title) : raw;
  return { status: "read", parts: [toPart(found.kind, settled, context)] };
}

type Found =
  | { readonly kind: "skip"; readonly what: string }
  | { readonly kind: "instruments" }
  | { readonly kind: ImportKind; readonly roles: ReadonlyMap<Role, number>; readonly isOrderOpen: boolean };

function findRoles(dialect: Dialect, { options, hints }: PartContext): Found | undefined {
  if (options.columns !== undefined) {
    const roles = parseColumns(options.columns, dialect.header);
    return { kind: kindOfRoles(roles, options.kind), roles, isOrderOpen: false };
  }
  const wanted = options.kind ?? hints.kind;
  if (dialect.header === undefined) {
    const bare = recogniseBare(dialect.sample, wanted);
    return bare === undefined ? undefined : { ...bare, isOrderOpen: bare.kind === "bars" && bare.roles.has("volume") };
  }
  const layout = recogniseHeader(dialect.header, wanted);
  if (layout === undefined || layout.kind === "skip" || layout.kind === "instruments") return layout;
  return { ...layout, isOrderOpen: false };
}

/** Columns of a file without a header are called by what they hold, or by their number. */
function namesByPlace(roles: ReadonlyMap<Role, number>): readonly string[] {
  const names: string[] = [];
  for (const [role, place] of roles) names[place] = role;
  return Array.from(names, (name, place) => name ?? String(place + 1));
}

function describeColumns({ header, sample }: Dialect): string {
  const columns = header === undefined ? `rows such as ${sample.slice(0, 8).join(", ")}` : `the columns ${header.slice(0, 8).join(", ")}`;
  return `${columns} are no bars, trades, funding rates or open interest; if they are, use --columns`;
}
