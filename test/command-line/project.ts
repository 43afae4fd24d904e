import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simulateBars } from "../../src/exchanges/simulated/market.ts";

/** A folder whose name needs care, with experts good and bad and files of market data good and bad. */
export function makeProject(): string {
  const folder = join(mkdtempSync(join(tmpdir(), "metaexpert-")), "my Märkte 市場");
  mkdirSync(folder);
  const files = { ...EXPERTS, ...DATA, "package.json": '{ "type": "module" }\n', "BTCUSDT-1m.csv": goodCsv() };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, "empty"));
  mkdirSync(join(folder, "misspelt"));
  writeFileSync(join(folder, "misspelt", "expert.ts"), expert("expert.onBar('1h', () => {});"));
  writeFileSync(join(folder, "misspelt", "metaexpert.config.json"), '{ "initialCapitel": 5 }\n');
  mkdirSync(join(folder, "twice"));
  writeFileSync(join(folder, "twice", "expert.ts"), expert("expert.onBar('1h', () => {});"));
  writeFileSync(join(folder, "twice", "metaexpert.config.json"), '{ "seed": 1,\n  "seed": 2 }\n');
  return folder;
}

/** An expert's file; `body` starts on line 6. */
function expert(body: string): string {
  return `import { defineExpert, int } from "metaexpert";

export default defineExpert(
  { name: "Test", symbol: "BTCUSDT", timeframe: "1h", params: { size: int(1, { min: 1, max: 9 }) } },
  (expert) => {
${body}
  },
);
`;
}

const EXPERTS = {
  "good.ts": expert('expert.onBar("1h", () => { if (expert.position.isFlat) expert.buy(); else expert.closePosition(); });'),
  "throws.ts": expert('expert.onBar("1h", () => {\n  throw new Error("what now?");\n});'),
  "throws-in-setup.ts": expert('expert.bars("1h");\nthrow new Error("not like this");'),
  "own-indicator.ts": expert(
    'expert.track("1h", { warmup: 1, value: NaN, update() {\n  throw new Error("no such bar");\n} });\nexpert.onBar("1h", () => {});',
  ),
  "throws-at-once.ts": 'export const start = 1;\nthrow new Error("not today");\n',
  "rejects.ts": expert('expert.onBar("1h", async () => {\n  await Promise.reject(new Error("later"));\n});'),
  "broken.ts": "export default {\n  name: ,\n};\n",
  "enum.ts": "enum Side { Buy }\nexport default Side;\n",
  "no-default.ts": "export const expert = 1;\n",
  "no-expert.ts": "export default 42;\n",
  "bad-import.ts": 'import { gone } from "./gone.ts";\nexport default gone;\n',
  "bad-package.ts": 'import gone from "not-a-package-of-ours";\nexport default gone;\n',
  "bad-option.ts": expert("").replace("name:", "stopLoss: 3, name:"),
  "secret-option.ts": expert("").replace("name:", 'apiKey: "hunter2", name:'),
  "slow.ts": expert(
    'expert.onInit(async () => {\n  expert.log.info("ready");\n  await new Promise((resolve) => setTimeout(resolve, 30_000));\n});',
  ),
  "picture.png": "not code",
};

const DATA = {
  "corrupt.zip": "PK\u0003\u0004 this is no zip",
  "text-in-price.csv": "time,open,high,low,close,volume\n1704067200000,100,101,99,abc,5\n",
  "header-only.csv": "time,open,high,low,close,volume\n",
};

/** Three days of minute bars as a csv. */
function goodCsv(): string {
  const lines = ["time,open,high,low,close,volume"];
  for (const bars of simulateBars({ seed: 1, endTime: Date.UTC(2024, 0, 4) })) {
    for (let row = 0; row < bars.length; row += 1) {
      lines.push([bars.openTime, bars.open, bars.high, bars.low, bars.close, bars.volume].map((column) => column[row]).join(","));
    }
  }
  return `${lines.join("\n")}\n`;
}
