import { formatNumber, formatTime } from "../format.ts";
import { runIdOf } from "../results-files.ts";
import type { RunRecord } from "../run-record.ts";
import { html } from "./html.ts";
import type { Markup } from "./html.ts";

const HASH = /^[0-9a-f]{32,}$/;

type Rows = Readonly<Record<string, number | string | boolean>>;

/** Parameters, settings, hashes and versions: what it takes to get the same numbers again. */
export function reproductionSection(record: RunRecord): Markup {
  const { expert, versions, timings } = record;
  const identity: Rows = {
    Run: runIdOf(record),
    Expert: expert.file ?? expert.name,
    "Source of the expert": expert.sourceHash === "" ? "not loaded from a file" : expert.sourceHash,
    "Market data": record.dataHash,
    "Data source": record.dataSource,
    Journal: record.journalHash,
    Seed: record.seed,
    From: formatTime(record.from),
    To: formatTime(record.to),
    "Initial capital": `${formatNumber(record.initialCapital, 2)} ${record.currency}`,
  };
  const times = Object.fromEntries(Object.entries(timings).map(([stage, time]) => [stage, `${formatNumber(time, 0)} ms`]));
  return html`<section id="reproduce" class="card" aria-labelledby="reproduce-title"><h2 id="reproduce-title">Reproduce this run</h2>
<p class="note">The same expert, parameters, data and seed give the same journal hash. <code>run.json</code> beside this file holds all of this for programs.</p>
<dl class="identity">${Object.entries(identity).map(([key, value]) => html`<div><dt>${key}</dt><dd class="${HASH.test(String(value)) && "hash"}">${String(value)}</dd></div>`)}</dl>
<div class="columns">${list("Parameters", expert.params)}${list("Settings", record.settings)}${list("Versions", versions)}${list("Time taken", times)}</div>
<p class="note">Price chart: <a href="https://www.tradingview.com/lightweight-charts/" rel="noreferrer">Lightweight Charts™</a> by TradingView, Apache License 2.0. Nothing on this page is loaded from the network. Past results say little about future ones.</p>
</section>`;
}

function list(title: string, rows: Rows): Markup | false {
  const entries = Object.entries(rows);
  return (
    entries.length > 0 &&
    html`<div class="column"><h3>${title}</h3><dl>${entries.map(([key, value]) => html`<div><dt>${key}</dt><dd>${String(value)}</dd></div>`)}</dl></div>`
  );
}
