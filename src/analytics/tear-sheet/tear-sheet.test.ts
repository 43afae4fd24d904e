import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { RunRecord } from "../run-record.ts";
import { sampleRun } from "../sample-run.ts";
import { computeStatistics } from "../statistics.ts";
import { joinModules, loadTearSheetAssets } from "./assets.ts";
import { embedJson, escapeHtml, html, trusted } from "./html.ts";
import { pageData, periodReturns, TRADE_COLUMNS, worstDrawdowns } from "./page-data.ts";
import { renderTearSheet } from "./tear-sheet.ts";

const assets = loadTearSheetAssets((file) => readFileSync(file, "utf8"));
const render = (record: RunRecord): string => renderTearSheet(record, computeStatistics(record), assets);

describe("the tear sheet", () => {
  it("of a year of minutes with a thousand trades is below two megabytes", () => {
    const year = sampleRun({ days: 365, timeframe: "1m", trades: 1_000 });

    expect(year.trades.length).toBeGreaterThan(800);
    expect(Buffer.byteLength(render(year))).toBeLessThan(2_000_000);
  });

  it("is the same for the same run", () => {
    expect(render(sampleRun({ days: 40 }))).toBe(render(sampleRun({ days: 40 })));
  });

  it("names nothing that would be loaded", () => {
    const page = render(sampleRun({ days: 40 }));
    const own = page.replace(assets.chartLibrary, "").replace(assets.script, "");

    expect(own).not.toMatch(/<(?:link|img|iframe|object|embed|source)\b/);
    expect(own).not.toMatch(/\bsrc=/);
    expect(own).not.toMatch(/url\(|@import/);
    expect(own).toContain("default-src &#39;none&#39;");
  });

  it("keeps the notice of the chart library", () => {
    const page = render(sampleRun({ days: 40 }));

    expect(page).toContain("TradingView Lightweight Charts™ v5.2.1");
    expect(page).toContain('href="https://www.tradingview.com/lightweight-charts/"');
  });

  it("gives every explanation an id of its own", () => {
    const ids = [...render(sampleRun({ days: 40 })).matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);

    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it("is drawn for runs without trades, without bars for a chart, and of two days", () => {
    const run = sampleRun({ days: 40 });
    const { chart: _, ...withoutChart } = run;

    expect(render({ ...run, trades: [] })).toContain("No trade was closed.");
    expect(render(withoutChart)).toContain("This run kept no bars for a chart.");
    expect(render(sampleRun({ days: 2 }))).toContain("needs at least 30 days");
  });
});

describe("text from outside", () => {
  const attack = '</script><script>alert("1")</script><!--';

  it.each([
    ["a symbol", sampleRun({ days: 20, symbol: attack })],
    ["a tag", sampleRun({ days: 20, entryTags: [attack] })],
    ["a name", sampleRun({ days: 20, expertName: attack })],
    ["a warning", { ...sampleRun({ days: 20 }), warnings: [attack] }],
    ["a parameter", { ...sampleRun({ days: 20 }), expert: { ...sampleRun({ days: 20 }).expert, params: { [attack]: attack } } }],
  ])("that is %s cannot become part of the page", (_, record) => {
    const page = render(record);

    expect(page).not.toContain(attack);
    expect(page.match(/<script/g)).toHaveLength(3 + (assets.script + assets.chartLibrary).split("<script").length - 1);
  });

  it("is escaped by the template, unless it is markup", () => {
    expect(html`<p class="${'"'}">${"<b>"}${trusted("<i>")}${["&", 1]}${undefined}${false}</p>`.text).toBe(
      '<p class="&quot;">&lt;b&gt;<i>&amp;1</p>',
    );
    expect(escapeHtml("'")).toBe("&#39;");
  });

  it("stays what it was when it is embedded as JSON", () => {
    const value = { text: "</script>\u2028&<!--" };
    const { text } = embedJson(value);

    expect(text).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe("the data of the page", () => {
  it("keeps the highest and the lowest point of a long curve", () => {
    const run = sampleRun({ days: 10, timeframe: "1m" });
    const { equity } = pageData(run);
    const { curve } = run.equity;
    const all = curve.equity.subarray(0, curve.length);

    expect(equity.equity.length).toBeLessThan(all.length / 2);
    expect(Math.max(...equity.equity)).toBeCloseTo(Math.max(...all), 1);
    expect(Math.min(...equity.equity)).toBeCloseTo(Math.min(...all), 1);
    expect(equity.time.reduce((total, step) => total + step, 0)).toBe(run.equity.lastTime / 1_000);
  });

  it("names the deepest drawdown first, as it was measured on every bar", () => {
    const run = sampleRun({ days: 120, timeframe: "1m" });
    const worst = worstDrawdowns(run);

    expect(worst[0]).toBe(run.equity.maxDrawdown);
    expect(worst.length).toBeLessThanOrEqual(5);
    expect(worst.map(({ ratio }) => ratio)).toEqual(worst.map(({ ratio }) => ratio).toSorted((left, right) => right - left));
  });

  it("compounds months to years", () => {
    const returns = periodReturns(sampleRun({ days: 500 }));
    const grown = (entries: typeof returns): number => entries.reduce((total, { returnPct }) => total * (1 + returnPct / 100), 1);
    const year = returns.filter((entry) => entry.year === 2023);

    expect(returns.filter(({ month }) => month === 0).map((entry) => entry.year)).toEqual([2023, 2024]);
    expect(grown(year.filter(({ month }) => month > 0))).toBeCloseTo(grown(year.filter(({ month }) => month === 0)), 10);
  });

  it("draws what the expert asked for over the price", () => {
    const run = sampleRun({ days: 20 });
    const time = Float64Array.of(run.from, run.from + 3_600_000, run.from + 7_200_000);
    const plots = [{ name: "average", time, value: Float64Array.of(1, NaN, 3) }];

    expect(pageData({ ...run, plots }).price?.plots).toEqual([{ name: "average", time: [run.from / 1_000, 7_200], value: [1, 3] }]);
  });
});

it("the page's script knows the columns of a trade by the same places", () => {
  const text = readFileSync(new URL("page/data.js", import.meta.url), "utf8");
  const places = [...text.matchAll(/^ {2}(\w+): (\d+),$/gm)].map((match) => [match[1], Number(match[2])]);

  expect(places).toEqual(TRADE_COLUMNS.map((name, place) => [name, place]));
});

it("modules are joined in scopes of their own", () => {
  const script = joinModules([
    ["a.js", "const inner = 1;\nexport const one = inner;\n"],
    ["b.js", 'import { one } from "./a.js";\nconst inner = one + 1;\nexport function two() {\n  return inner;\n}\n'],
  ]);

  expect(runInNewContext(`${script}\nmodules["b.js"].two();`)).toBe(2);
});
