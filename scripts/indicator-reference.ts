/** Makes `docs/reference/indicators.md` from the catalogue; run as a program, it writes the page. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../src/indicators/catalogue/catalogue.ts";
import { GROUPS, type Group, type IndicatorSpecification, type Parameter } from "../src/indicators/specification.ts";

/** Where the page lies. */
export const REFERENCE_FILE = join(import.meta.dirname, "../docs/reference/indicators.md");

const HEADINGS: Readonly<Record<Group, string>> = {
  overlap: "Averages and bands over the price",
  momentum: "Momentum",
  volume: "Volume",
  volatility: "Volatility",
  price: "Prices",
  cycle: "Cycles",
  statistics: "Statistics",
  math: "Mathematics",
  pattern: "Candlestick patterns",
  trend: "Channels and trend",
  oscillators: "Oscillators",
  levels: "Levels",
  orderflow: "Order flow",
  regime: "Market regimes",
};

/** The whole page. */
export function indicatorReference(): string {
  const talib = catalogue.filter((specification) => specification.talib !== undefined).length;
  const groups = GROUPS.map((group) => ({ group, members: catalogue.filter((specification) => specification.group === group) }));
  const sections = groups.filter(({ members }) => members.length > 0).map(({ group, members }) => section(HEADINGS[group], members));
  return `${INTRODUCTION.replace("COUNT", String(catalogue.length)).replace("TALIB", String(talib))}\n${sections.join("\n")}`;
}

const INTRODUCTION = `# Indicators

<!-- Made by scripts/indicator-reference.ts from the catalogue: change the catalogue, not this page. -->

There are COUNT; TALIB of them are TA-Lib's functions with TA-Lib's numbers. All are functions of \`metaexpert/indicators\`; each gives an object with a
\`warmup\`, a current \`value\`, its named lines, \`update(bar)\`, \`over(columns)\` for whole columns and \`reset()\`.

\`\`\`ts
const bands = expert.track("4h", bbands(20));
const smooth = expert.track("1h", ema(14).of(rsi(14)));
expert.onBar("1h", ({ close }) => {
  if (close < bands.lower && smooth.value < 30) expert.buy();
});
\`\`\`

- **Parameters.** \`period\` is given by itself, as in \`ema(14)\`, and so are the first numbers of \`macdFix(9)\` and \`schaffTrendCycle(10)\` and the kind
  in \`ma(20, "wma")\`; all others have names: \`bbands(20, { up: 2.5 })\`, \`macd({ fast: 8, slow: 21 })\`. A value outside the stated range is an error when
  the indicator is made.
- **Warm-up** is the number of bars until the first value, with the default parameters; before it every line is NaN.
- **Input.** An indicator of a series reads the close unless \`.of("hl2")\`, \`.of(other)\` or \`.of((bar) => …)\` says otherwise; one of two series takes two.
  Bar indicators read the columns named.
- **Seeds.** Averages start as TA-Lib's do, from the mean of their first values. Where TA-Lib has an *unstable period* (marked ∞) the early values depend on
  where the series begins and agree with those of a longer history only after some multiples of the period.
- **No volume, no range, a price that stands still**: a division by zero gives what TA-Lib gives, usually 0; no value is ever infinite. NaN inside a series makes
  what depends on it NaN.

Your own indicator is a class or an object with \`warmup\`, \`value\` and \`update\`, in any file, and works everywhere these do: in \`track\`, as a source of
others, in a backtest and live. \`testIndicator\` checks that it keeps the contract; extending \`SeriesIndicator\` or \`BarIndicator\` adds lines, columns and \`of\`.

\`\`\`ts
import type { Indicator } from "metaexpert/indicators";
import { testIndicator } from "metaexpert/testing";

/** The rise of the close over some bars. */
class Rise implements Indicator {
  readonly warmup: number;
  value = NaN;
  readonly #closes: number[] = [];

  constructor(bars: number) {
    this.warmup = bars + 1;
  }

  update({ close }: { readonly close: number }): void {
    this.#closes.push(close);
    if (this.#closes.length < this.warmup) return;
    this.value = close - (this.#closes.shift() as number);
  }
}

testIndicator("rise", () => new Rise(10));
\`\`\`
`;

function section(heading: string, members: readonly IndicatorSpecification[]): string {
  const rows = [...members]
    .toSorted((left, right) => (left.name.toLowerCase() < right.name.toLowerCase() ? -1 : 1))
    .map((specification) => `| ${cells(specification).map(escaped).join(" | ")} |`);
  const columns = ["Function", "Indicator", "Parameters", "Lines", "Reads", "Warm-up", "Formula", "Source", "TA-Lib"];
  return [`## ${heading}`, "", `| ${columns.join(" | ")} |`, `|${" --- |".repeat(columns.length)}`, ...rows, ""].join("\n");
}

function cells(specification: IndicatorSpecification): string[] {
  const { name, title, parameters, lines, formula, source, talib, rule, gaps } = specification;
  return [
    `\`${name}\``,
    title,
    parameters.map(parameterText).join("; ") + (rule === undefined ? "" : `; ${rule}`),
    lines.map((line) => `\`${line}\``).join(", "),
    readsText(specification),
    String(specification.create().warmup),
    formula + (gaps === undefined ? "" : `. NaN after the warm-up: ${gaps}`),
    source,
    talib === undefined ? "" : `${talib.function}${talib.unstable === true ? " ∞" : ""}${fixedText(talib.fixed)}`,
  ];
}

function parameterText(parameter: Parameter): string {
  if (parameter.kind === "choice") return `\`${parameter.name}\` = "${parameter.default}" of ${parameter.choices.join(", ")}`;
  const { name, min, max } = parameter;
  const range = max >= 1e30 ? (min <= -1e30 ? "any number" : `from ${min}`) : `${min} to ${max}`;
  return `\`${name}\` = ${parameter.default}, ${range}${parameter.kind === "integer" ? ", whole" : ""}`;
}

function readsText({ reads, inputs }: IndicatorSpecification): string {
  if (reads === "bars") return inputs.join(", ");
  return reads === "series" ? `series (${inputs.join(", ")})` : `two series (${inputs.join(", ")})`;
}

function fixedText(fixed: Readonly<Record<string, number | string>> | undefined): string {
  if (fixed === undefined) return "";
  return ` with ${Object.entries(fixed)
    .map(([name, value]) => `${name} ${typeof value === "string" ? `"${value}"` : value}`)
    .join(", ")}`;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

if (import.meta.main) writeFileSync(REFERENCE_FILE, indicatorReference());
