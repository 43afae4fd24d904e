import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An expert that buys and sells by turns, once a second, with the limits that a live run asks for. */
const QUICK = `import { defineExpert } from "metaexpert";

const risk = { sizing: { type: "fixedQuote", amount: 500 }, stopLossPct: 2, maxDrawdownPct: 20, maxPositionSizeQuote: 1000 } as const;

export default defineExpert({ name: "Quick", symbol: "BTCUSDT", timeframe: "1m", risk }, (expert) => {
  const kept = expert.memory({ rounds: 0 });
  expert.onInit(() => expert.log.info("ready", { rounds: kept.rounds }));
  expert.onTimer(1, () => {
    if (expert.position.isFlat) expert.buy();
    else {
      kept.rounds += 1;
      expert.closePosition();
    }
  });
  expert.onStop((reason) => expert.log.info(\`stopped by \${reason}\`));
});
`;

const FILES = {
  "package.json": '{ "type": "module" }\n',
  "quick.ts": QUICK,
  "unlimited.ts": QUICK.replace(", maxDrawdownPct: 20, maxPositionSizeQuote: 1000", ""),
  "throws.ts": QUICK.replace("expert.onInit(", 'expert.onTimer(2, () => {\n    throw new Error("what now?");\n  });\n  expert.onInit('),
  "stray.ts": QUICK.replace(
    "expert.onInit(",
    'expert.onTimer(2, () => void Promise.reject(new Error("nobody waits for me")));\n  expert.onInit(',
  ),
};

/** A folder with experts for paper and live runs. */
export function makeTradingProject(): string {
  const folder = join(mkdtempSync(join(tmpdir(), "metaexpert-")), "my Märkte 市場");
  mkdirSync(folder);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  return folder;
}
