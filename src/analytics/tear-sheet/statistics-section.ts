import { formatStatistic } from "../format.ts";
import type { RunRecord } from "../run-record.ts";
import { SECTIONS } from "../statistic.ts";
import type { Section } from "../statistic.ts";
import { listStatistics, STATISTIC_GROUP_TITLES } from "../statistics.ts";
import type { StatisticGroup, Statistics } from "../statistics.ts";
import { html } from "./html.ts";
import type { Markup } from "./html.ts";
import { tabs } from "./tabs.ts";

const SECTION_TITLES: Readonly<Record<Section, string>> = {
  period: "Period",
  performance: "Performance",
  risk: "Risk",
  benchmark: "Against buy and hold",
  trades: "Trades",
  costs: "Costs",
  orders: "Orders",
};

/** All statistics, each system's under its own names, with what they mean on hover and focus. */
export function statisticsSection(record: RunRecord, statistics: Statistics): Markup {
  const groups = Object.keys(STATISTIC_GROUP_TITLES) as StatisticGroup[];
  return html`<section id="statistics" class="card" aria-labelledby="statistics-title"><h2 id="statistics-title">All statistics</h2>
<p class="note">Systems use one name for different figures, so each has its own list, computed by its own formulas. Point at a name to read what it means.</p>
${tabs(
  "statistics",
  "Definitions of",
  groups.map((group) => ({ id: group, title: STATISTIC_GROUP_TITLES[group], content: groupPanel(record, statistics, group) })),
)}</section>`;
}

function groupPanel(record: RunRecord, statistics: Statistics, group: StatisticGroup): Markup {
  const list = listStatistics(statistics, group);
  return html`<div class="columns">${SECTIONS.map((section) => {
    const entries = list.filter(({ info }) => info.section === section);
    return (
      entries.length > 0 &&
      html`<div class="column"><h3>${SECTION_TITLES[section]}</h3><dl>${entries.map(({ key, info, statistic }) => {
        const id = `tip-${group}-${key.replaceAll(/[^A-Za-z0-9]+/g, "-")}`;
        const value = formatStatistic(statistic, info.unit, { currency: record.currency });
        const reason = statistic.value === undefined && html`<em>Not available: ${statistic.reason}.</em>`;
        return html`<div><dt><button type="button" class="term" aria-describedby="${id}">${info.label ?? key}</button></dt><dd class="${statistic.value === undefined && "none"}">${value}</dd>
<span id="${id}" hidden><b>${info.label ?? key}</b>${info.description}<code>${info.formula}</code><small>${info.source}</small>${reason}</span></div>`;
      })}</dl></div>`
    );
  })}</div>`;
}
