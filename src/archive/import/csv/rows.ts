import { DataError } from "../../../base/errors.ts";
import { type RawRows, type Role, SIDES } from "../roles.ts";
import { NUMBER_PATTERN, NumberScanner } from "./number.ts";
import { isPossible, parseDate, type TimeUnit, type TimeZone, toMilliseconds, unitOfTime } from "./time.ts";

/** How to read the rows of a csv. */
export interface RowPlan {
  readonly title: string;
  readonly delimiter: number;
  /** Offset of the first row, and its line, counted from 1. */
  readonly start: number;
  readonly firstLine: number;
  readonly roles: ReadonlyMap<Role, number>;
  /** Columns as messages call them. */
  readonly names: readonly string[];
  readonly timeUnit?: TimeUnit | undefined;
  readonly zone: TimeZone;
  /** Where times are milliseconds of a day: that day's start and length. */
  readonly midnight?: { readonly start: number; readonly length: number };
  /** Series without trades leave the volume out. */
  readonly isVolumeOptional: boolean;
}

const SKIP = 0;
const NUMBER = 1;
const TIME = 2;
const SIDE = 3;
const BUYER_MAKER = 4;
const TEXT = 5;
const SAME_TEXT = 6;

/** Reads all rows, or throws a `DataError` that names the line and the column it stumbled over. */
export function readRows(bytes: Uint8Array, plan: RowPlan): RawRows {
  return new RowReader(bytes, plan).read();
}

class RowReader {
  readonly #bytes: Uint8Array;
  readonly #plan: RowPlan;
  readonly #scanner: NumberScanner;
  readonly #actions: readonly number[];
  /** Number columns by their place in the file. */
  readonly #numbers: (Float64Array | undefined)[];
  readonly #volume: number;
  #time: Float64Array;
  #side: Int8Array | undefined;
  #ids: string[] | undefined;
  #texts = new Map<Role, string>();
  #unit: TimeUnit | "text" | undefined;
  #rows = 0;
  #line: number;
  #hasBlankLines = false;

  constructor(bytes: Uint8Array, plan: RowPlan) {
    this.#bytes = bytes;
    this.#plan = plan;
    this.#scanner = new NumberScanner(bytes, plan.delimiter);
    this.#line = plan.firstLine;
    this.#unit = plan.midnight === undefined ? plan.timeUnit : "ms";
    this.#volume = plan.roles.get("volume") ?? -1;
    const places = [...plan.roles].toSorted(([, one], [, other]) => one - other);
    this.#actions = Array.from({ length: (places.at(-1)?.[1] ?? -1) + 1 }, (_, place) =>
      actionOf(places.find(([, at]) => at === place)?.[0]),
    );
    const capacity = this.#estimateRows();
    this.#time = new Float64Array(capacity);
    this.#numbers = this.#actions.map((action) => (action === NUMBER ? new Float64Array(capacity) : undefined));
    if (plan.roles.has("side") || plan.roles.has("buyerMaker")) this.#side = new Int8Array(capacity);
    if (plan.roles.has("id")) this.#ids = [];
  }

  read(): RawRows {
    const bytes = this.#bytes;
    let at = this.#plan.start;
    while (at < bytes.length) {
      const byte = bytes[at];
      if (byte === 10 || byte === 13) {
        if (byte === 10) this.#line += 1;
        if (byte === 10) this.#hasBlankLines = true;
        at += 1;
        continue;
      }
      at = this.#readRow(at);
    }
    return this.#finish();
  }

  /** Reads one row and gives the start of the next line. */
  #readRow(start: number): number {
    const bytes = this.#bytes;
    const scanner = this.#scanner;
    const row = this.#rows;
    if (row === this.#time.length) this.#grow();
    let at = start;
    for (let column = 0; column < this.#actions.length; column += 1) {
      const action = this.#actions[column] as number;
      if (action === NUMBER) {
        const value = scanner.scan(at);
        (this.#numbers[column] as Float64Array)[row] = value === value ? value : this.#oddNumber(at, column);
      } else if (action === SKIP) scanner.end = scanner.endOfField(at);
      else this.#readOther(action, at, column);
      at = scanner.end;
      if (bytes[at] === this.#plan.delimiter) at += 1;
      else if (column + 1 < this.#actions.length) throw this.#error(column + 1, "is missing: the line ends before it");
    }
    this.#rows = row + 1;
    while (at < bytes.length && bytes[at] !== 10) at += 1;
    this.#line += 1;
    return at + 1;
  }

  #readOther(action: number, at: number, column: number): void {
    const row = this.#rows;
    if (action === TIME) this.#time[row] = this.#readTime(at, column);
    else if (action === TEXT) this.#ids?.push(this.#scanner.text(at));
    else if (action === SAME_TEXT) this.#readAddress(this.#scanner.text(at), column);
    else if (this.#side !== undefined) {
      const text = this.#scanner.text(at).toLowerCase();
      this.#side[row] = action === SIDE ? (SIDES[text] ?? 0) : text === "true" || text === "1" ? -1 : 1;
    }
  }

  #readTime(at: number, column: number): number {
    const unit = this.#unit;
    if (unit === "text") return this.#readDate(at, column);
    const value = this.#scanner.scan(at);
    if (value !== value) {
      if (this.#rows === 0 && this.#plan.timeUnit === undefined && this.#plan.midnight === undefined) this.#unit = "text";
      return this.#readDate(at, column);
    }
    if (this.#plan.midnight !== undefined) return this.#timeOfDay(value, this.#plan.midnight, column);
    const found = this.#plan.timeUnit ?? unitOfTime(value);
    if (found === undefined) throw this.#error(column, `is no time between 1980 and 2100: "${this.#scanner.text(at)}"; use --time-unit`);
    if (unit !== undefined && found !== unit) {
      throw this.#error(column, `counts ${unitName(found)} and the lines before count ${unitName(unit)}`);
    }
    this.#unit = found;
    const time = found === "ns" ? Number(BigInt(this.#scanner.text(at)) / 1_000n) / 1_000 : toMilliseconds(value, found);
    if (!isPossible(time)) throw this.#error(column, `is no time between 1980 and 2100: "${this.#scanner.text(at)}"`);
    return time;
  }

  #timeOfDay(value: number, { start, length }: { start: number; length: number }, column: number): number {
    if (value >= 0 && value < length) return start + toMilliseconds(value, "ms");
    throw this.#error(column, `is ${value}, and a day has ${length} milliseconds`);
  }

  #readDate(at: number, column: number): number {
    const text = this.#scanner.text(at);
    const time = parseDate(text, this.#plan.zone);
    if (time === time && isPossible(time)) return time;
    const mixed = this.#rows > 0 && NUMBER_PATTERN.test(text) ? "; the lines before have dates" : "";
    throw this.#error(column, `is no time: "${text}"${mixed === "" ? "; write it as 2022-01-31 09:30:00 or as a number" : mixed}`);
  }

  #readAddress(text: string, column: number): void {
    const role = column === this.#plan.roles.get("symbol") ? "symbol" : "exchange";
    const before = this.#texts.get(role);
    if (before === undefined) this.#texts.set(role, text);
    else if (before !== text) throw this.#error(column, `changes from "${before}" to "${text}"; split the file, one ${role} in each`);
  }

  #oddNumber(at: number, column: number): number {
    const text = this.#scanner.text(at);
    if (text === "" && column === this.#volume && this.#plan.isVolumeOptional) return 0;
    if (text === "") throw this.#error(column, "is empty");
    const comma = /^[+-]?[\d.\s]*\d,\d+$/.test(text) ? "; write decimals with a point and no thousands separators" : "";
    throw this.#error(column, `is not a number: "${text.slice(0, 40)}"${comma}`);
  }

  #finish(): RawRows {
    const rows = this.#rows;
    const { roles, firstLine } = this.#plan;
    const numbers = new Map<Role, Float64Array>();
    for (const [role, place] of roles) {
      const values = this.#numbers[place];
      if (values !== undefined) numbers.set(role, values.subarray(0, rows));
    }
    const side = this.#side?.subarray(0, rows);
    const [exchange, symbol] = [this.#texts.get("exchange"), this.#texts.get("symbol")];
    return {
      rows,
      time: this.#time.subarray(0, rows),
      numbers,
      ...(side === undefined ? {} : { side }),
      ...(this.#ids === undefined ? {} : { id: this.#ids }),
      ...(exchange === undefined ? {} : { exchange }),
      ...(symbol === undefined ? {} : { symbol }),
      place: (row) => `line ${this.#hasBlankLines ? this.#lineOf(row) : firstLine + row}`,
    };
  }

  /** Counts again, for a message about a file with blank lines. */
  #lineOf(row: number): number {
    const lines = Buffer.from(this.#bytes.subarray(this.#plan.start)).toString("utf8").split("\n");
    let left = row;
    const index = lines.findIndex((line) => line.trim() !== "" && left-- === 0);
    return this.#plan.firstLine + index;
  }

  #estimateRows(): number {
    const { start } = this.#plan;
    const newline = this.#bytes.indexOf(10, start);
    const length = newline < 0 ? this.#bytes.length - start : newline - start + 1;
    return Math.max(16, Math.ceil(((this.#bytes.length - start) / Math.max(8, length)) * 1.1));
  }

  #grow(): void {
    const enlarge = <Values extends Float64Array | Int8Array>(values: Values): Values => {
      const larger = values instanceof Float64Array ? new Float64Array(values.length * 2) : new Int8Array(values.length * 2);
      larger.set(values);
      return larger as Values;
    };
    this.#time = enlarge(this.#time);
    this.#numbers.forEach((values, place) => {
      if (values !== undefined) this.#numbers[place] = enlarge(values);
    });
    if (this.#side !== undefined) this.#side = enlarge(this.#side);
  }

  #error(column: number, problem: string): DataError {
    const name = this.#plan.names[column] ?? `${column + 1}`;
    return new DataError(`${this.#plan.title}, line ${this.#line}: column ${name} ${problem}`);
  }
}

function actionOf(role: Role | undefined): number {
  switch (role) {
    case undefined:
      return SKIP;
    case "time":
      return TIME;
    case "side":
      return SIDE;
    case "buyerMaker":
      return BUYER_MAKER;
    case "id":
      return TEXT;
    case "exchange":
    case "symbol":
      return SAME_TEXT;
    default:
      return NUMBER;
  }
}

function unitName(unit: TimeUnit | "text"): string {
  return { s: "seconds", ms: "milliseconds", us: "microseconds", ns: "nanoseconds", date: "days", text: "dates" }[unit];
}
