import { expect, test } from "vitest";
import { TIMEFRAMES } from "../domain/timeframe.ts";
import { literal, type OptionRows } from "./option-kinds.ts";
import { EXPERT_TABLE, FILTER_TABLE, RISK_TABLE, RUN_TABLE } from "./option-tables.ts";
import { FOREIGN_OPTIONS } from "./mode-options.ts";
import { RUN_MODES } from "./options.ts";
import { UNSUPPORTED } from "./unsupported.ts";

/** `npx vitest run src/expert/options-page.test.ts -u` writes the page anew. */
test("the reference page of options says what the table says", async () => {
  await expect(page()).toMatchFileSnapshot("../../docs/reference/options.md");
});

test("every option is described in one or two whole sentences", () => {
  const rows = [EXPERT_TABLE, RISK_TABLE, FILTER_TABLE, RUN_TABLE].flatMap((table) => Object.entries<OptionRows[string]>(table));
  for (const [name, { description }] of rows) expect(description, name).toMatch(/^[A-Z][^\n]+[.]$/);
});

function page(): string {
  return `${[
    "# Options",
    "Every option there is, with what it takes and what it is when left out. The tables are made from the ones that check the options (`src/expert/option-tables.ts`), so they cannot disagree. [The guide](../guides/options.md) explains how they work together.",
    "Percent values are percents: 2 is 2 %. Times are UTC. What is marked *not yet supported* is checked and then refused in this version, and so is what is marked with modes in any other mode: nothing is silently ignored.",
    `Timeframes are ${TIMEFRAMES.map((timeframe) => `\`${timeframe}\``).join(", ")}; a week starts on Monday, a month on its first day.`,
    "## Expert",
    "The first argument of `defineExpert` and of the decorator `@expert`.",
    table(EXPERT_TABLE),
    "## Risk",
    "`risk` of an expert; a run's `risk` replaces single values.",
    table(RISK_TABLE, "risk."),
    "## Filters",
    "`filters` of an expert; a run's `filters` replaces single values. They hold back entries, never exits.",
    table(FILTER_TABLE, "filters."),
    "## Run",
    "`metaexpert.config.ts`, the second argument of `new MetaExpert`, and the flags of the command line.",
    table(RUN_TABLE),
  ].join("\n\n")}\n`;
}

function table(rows: OptionRows, group = ""): string {
  const lines = Object.entries(rows).flatMap(([name, row]) => [line(name, row, group + name), ...inner(name, row)]);
  return ["| Option | Takes | Default | What it does |", "| --- | --- | --- | --- |", ...lines].join("\n");
}

/** Rows for the options inside an option; the groups that have a table of their own are left to it. */
function inner(name: string, { kind }: OptionRows[string]): string[] {
  if (name === "risk" || name === "filters") return [];
  const plain = Object.entries(kind.fields ?? {}).map(([field, row]) => line(`${name}.${field}`, row));
  const variants = Object.entries(kind.variants ?? {}).flatMap(([type, fields]) =>
    Object.entries(fields).map(([field, row]) =>
      line(`${name}.${field}`, { ...row, description: `With type "${type}": ${row.description}` }),
    ),
  );
  return [...plain, ...variants];
}

function line(name: string, { kind, default: otherwise, description }: OptionRows[string], path = ""): string {
  const takes = kind.variants === undefined ? kind.type : `object with a type: ${Object.keys(kind.variants).join(", ")}`;
  const range = kind.range === "" ? "" : kind.type === "text" ? `: ${kind.range}` : `, ${kind.range}`;
  const example = showsExample(kind.type) ? `, such as \`${literal(kind.example)}\`` : "";
  const cells = [`\`${name}\``, `${takes}${range}${example}`, otherwise, `${description}${support(path)}`];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function showsExample(type: string): boolean {
  return !type.includes("|") && !type.startsWith("object of") && type !== "environment only";
}

function support(path: string): string {
  const foreign = FOREIGN_OPTIONS.filter(({ option }) => option === path).map(({ mode }) => mode);
  const serving = RUN_MODES.filter((mode) => !foreign.includes(mode));
  if (foreign.length > 0) return ` *${serving.length === 1 ? "Mode" : "Modes"}: ${serving.join(", ")}.*`;
  const entry = UNSUPPORTED.find((candidate) => "option" in candidate && candidate.option === path);
  if (entry === undefined || !("option" in entry)) return "";
  const values = entry.values?.map((value) => `\`${literal(value)}\``).join(", ");
  return values === undefined ? " *Not yet supported.*" : ` *Not yet supported: ${values}.*`;
}
