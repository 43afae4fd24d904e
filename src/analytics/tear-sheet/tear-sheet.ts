import { createHash } from "node:crypto";
import type { RunRecord } from "../run-record.ts";
import type { Statistics } from "../statistics.ts";
import type { TearSheetAssets } from "./assets.ts";
import { breakdownSection } from "./breakdown-section.ts";
import { embedJson, html, trusted } from "./html.ts";
import { headerSection, tileSection } from "./overview-section.ts";
import { pageData } from "./page-data.ts";
import { reproductionSection } from "./reproduction-section.ts";
import { chartSections, returnsSection, tradesSection } from "./chart-sections.ts";
import { statisticsSection } from "./statistics-section.ts";

/**
 * A run as one HTML file that needs nothing else: charts, trades, all statistics with their explanations, and what reproduces it.
 * Its content security policy lets only its own two scripts run and nothing be loaded.
 */
export function renderTearSheet(record: RunRecord, statistics: Statistics, assets: TearSheetAssets): string {
  const data = pageData(record);
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(assets.chartLibrary)} ${hashOf(assets.script)}`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="MetaExpert ${record.versions["metaexpert"] ?? ""}">
<title>${record.expert.name} · ${record.symbols.join(", ")} · MetaExpert</title>
<style>${trusted(assets.style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
${headerSection(record)}
<main id="main">
<noscript><p class="note">The charts and the trade list need JavaScript; all figures below do without.</p></noscript>
${tileSection(record, statistics)}
${chartSections(record)}
${returnsSection(record, data)}
${tradesSection(record, data)}
${breakdownSection(record, statistics)}
${statisticsSection(record, statistics)}
${reproductionSection(record)}
</main>
<div id="tip" class="tip" role="tooltip" hidden></div>
<script type="application/json" id="data">${embedJson(data)}</script>
<script>${trusted(assets.chartLibrary)}</script>
<script type="module">${trusted(assets.script)}</script>
</body>
</html>
`.text;
}

function hashOf(script: string): string {
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}
