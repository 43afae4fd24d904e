import { expect, test } from "vitest";
import { SECTIONS } from "./statistic.ts";
import type { Unit } from "./statistic.ts";
import { STATISTIC_DEFINITIONS, STATISTIC_GROUP_TITLES } from "./statistics.ts";
import type { StatisticGroup } from "./statistics.ts";

/** `npx vitest run src/analytics/statistics-page.test.ts -u` writes the page anew. */
test("the reference page of statistics says what the definitions say", async () => {
  await expect(page()).toMatchFileSnapshot("../../docs/reference/statistics.md");
});

const UNIT_NAMES: Readonly<Record<Unit, string>> = {
  percent: "percent",
  ratio: "ratio",
  currency: "amount",
  duration: "milliseconds",
  time: "time",
  count: "count",
  text: "text",
};

const INTRODUCTIONS: Readonly<Record<StatisticGroup, string>> = {
  headline:
    "What the terminal report and the tear sheet show first. Where systems disagree, one definition was chosen; the last column says whose.",
  backtestingPy:
    "The list that backtesting.py prints, by its names and formulas. Drawdowns are below zero; durations are rounded up to the bars' unit.",
  freqtrade: "The summary of freqtrade's backtest report, by its names and formulas. Everything is computed from closed trades.",
  lean: "LEAN's headline statistics, by its names and formulas. The benchmark is holding the first symbol; days are those of the account.",
  jesse: "Jesse's metrics, by its names and formulas.",
};

function page(): string {
  const groups = Object.keys(STATISTIC_GROUP_TITLES) as StatisticGroup[];
  return `${[
    "# Statistics",
    "Every statistic of a run, made from the definitions that compute them (`src/analytics/definitions/`), so that page and numbers cannot disagree. [The guide](../guides/results.md) says where they appear.",
    'Systems use one name for different figures: a Sharpe ratio of freqtrade is made of trades, one of LEAN of compounded days. So each system has a group of its own, in which its users find their list complete. A figure that cannot be computed is *not available*, with the reason in the column "Needs", and never a wrong number.',
    "Percents are percents (2 is 2 %), amounts are in the account's currency, times are milliseconds since the epoch, UTC.",
    ...groups.flatMap((group) => [`## ${STATISTIC_GROUP_TITLES[group]}`, `\`statistics.${group}\`. ${INTRODUCTIONS[group]}`, table(group)]),
  ].join("\n\n")}\n`;
}

function table(group: StatisticGroup): string {
  const isHeadline = group === "headline";
  const entries = Object.entries(STATISTIC_DEFINITIONS[group]);
  const ordered = SECTIONS.flatMap((section) => entries.filter(([, info]) => info.section === section));
  const head = isHeadline
    ? ["| Name | Key | Unit | What it is | Formula | Needs | Source |", "| --- | --- | --- | --- | --- | --- | --- |"]
    : ["| Name | Unit | What it is | Formula | Needs |", "| --- | --- | --- | --- | --- |"];
  const rows = ordered.map(([key, info]) => {
    const name = info.label ?? key;
    const needs = info.needs.replace(/^needs /, "");
    const cells = isHeadline
      ? [name, `\`${key}\``, UNIT_NAMES[info.unit], info.description, info.formula, needs, info.source]
      : [name, UNIT_NAMES[info.unit], info.description, info.formula, needs];
    return `| ${cells.map(escapeCell).join(" | ")} |`;
  });
  return [...head, ...rows].join("\n");
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
