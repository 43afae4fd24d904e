import { NUMBER_PATTERN } from "./number.ts";
import { parseDate, UTC } from "./time.ts";

/** What the first lines of a csv tell about the others. */
export interface Dialect {
  readonly delimiter: string;
  /** Names of the columns; undefined when rows begin at once. */
  readonly header?: readonly string[];
  /** Fields of the first row with values; empty when there is none. */
  readonly sample: readonly string[];
  /** Offset and line of that row. */
  readonly start: number;
  readonly line: number;
}

const DELIMITERS = [",", ";", "\t", "|"];
const HEAD_BYTES = 65_536;
const LINES = 20;

/** Finds delimiter, header and first row. Comment lines and a title line before the header are passed over. */
export function detectDialect(bytes: Buffer, delimiter?: string): Dialect | undefined {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const lines = headLines(bytes, bom);
  const chosen = delimiter ?? mostCommon(lines.map(({ text }) => text));
  const width = Math.max(0, ...lines.map(({ text }) => splitLine(text, chosen).length));
  const begin = lines.findIndex(({ text }) => splitLine(text, chosen).length > 1 || width <= 1);
  const first = lines[begin];
  if (first === undefined) return undefined;
  const fields = splitLine(first.text, chosen);
  if (fields.some(isValue)) return { delimiter: chosen, sample: fields, start: first.start, line: first.line };
  const second = lines[begin + 1];
  const after = second ?? { text: "", start: bytes.length, line: first.line + 1 };
  return { delimiter: chosen, header: fields, sample: splitLine(after.text, chosen), start: after.start, line: after.line };
}

/** The fields of one line, quotes taken off. */
export function splitLine(line: string, delimiter: string): string[] {
  if (line === "") return [];
  if (!line.includes('"')) return line.split(delimiter).map((field) => field.trim());
  const fields: string[] = [];
  let field = "";
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === delimiter && !isQuoted) {
      fields.push(field.trim());
      field = "";
    } else field += letter;
  }
  return [...fields, field.trim()];
}

/** A number or a date: headers have neither. */
function isValue(field: string): boolean {
  return NUMBER_PATTERN.test(field) || !Number.isNaN(parseDate(field, UTC));
}

function headLines(bytes: Buffer, from: number): { text: string; start: number; line: number }[] {
  const lines: { text: string; start: number; line: number }[] = [];
  let start = from;
  for (let line = 1; lines.length < LINES && start < bytes.length && start - from < HEAD_BYTES; line += 1) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    const text = bytes.toString("utf8", start, Math.min(end, start + HEAD_BYTES)).trimEnd();
    if (text.trim() !== "" && !text.startsWith("#")) lines.push({ text, start, line });
    start = end + 1;
  }
  return lines;
}

/** The delimiter that cuts most lines into most fields; a comma where nothing speaks for another. */
function mostCommon(lines: readonly string[]): string {
  const fields = (delimiter: string): number => {
    const counts = lines.map((line) => splitLine(line, delimiter).length).toSorted((one, other) => one - other);
    return counts[Math.floor(counts.length / 2)] ?? 1;
  };
  // A semicolon or tab never stands inside a number, while a comma may be a decimal one: it must not win by that.
  const rare = DELIMITERS.slice(1).find((delimiter) => fields(delimiter) >= 3);
  return rare ?? ",";
}
