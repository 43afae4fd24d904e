const thousands = new Intl.NumberFormat("en-US");

/** 563861 as 563,861. */
export function countText(value: number): string {
  return thousands.format(value);
}

/** `1 bar`, `2 bars`. */
export function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? "" : noun.endsWith("s") ? "" : "s"}`;
}

/** A moment to the minute, or as fine as it is: `2022-01-01 00:00`. */
export function timeText(time: number): string {
  if (!Number.isFinite(time)) return "-";
  const text = new Date(time).toISOString().replace("T", " ").replace("Z", "");
  if (time % 60_000 === 0) return text.slice(0, 16);
  return time % 1_000 === 0 ? text.slice(0, 19) : text;
}

/** 90,000 ms as `1 min 30 s`; the two largest units. */
export function durationText(ms: number): string {
  const units = [
    [86_400_000, "d"],
    [3_600_000, "h"],
    [60_000, "min"],
    [1_000, "s"],
  ] as const;
  const parts: string[] = [];
  let rest = ms;
  for (const [size, name] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${countText(count)} ${name}`);
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}

/** Bytes as KB or MB. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1_000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Columns of texts, as wide as their widest cell; numbers (columns named in `right`) on the right. */
export function tableText(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
