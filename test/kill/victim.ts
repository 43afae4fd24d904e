import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunOutcome } from "../../src/run/run-status.ts";

const PROGRAM = join(import.meta.dirname, "../../bin/metaexpert.mjs");
/** No process outlives this, and it ends by itself a little later should its parent be gone. */
const LIFE_MS_MAX = 180_000;
const DURATION = "200s";

export interface VictimOptions {
  readonly folder: string;
  readonly market: "spot" | "linear";
  readonly credentials: { readonly apiKey: string; readonly apiSecret: string };
  readonly seed: number;
}

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** `metaexpert live` in a process of its own, trading at a fake venue; its state lies in a folder that the next one goes on with. */
export class Victim {
  readonly #child: ChildProcess;
  readonly startedAt = performance.now();
  readonly ended: Promise<Ending>;
  #text = "";
  stderr = "";
  isOver = false;
  /** When it was reconciled and saw the market, in `performance.now()`; undefined before. */
  tradesSince: number | undefined;
  outcome: RunOutcome | undefined;
  /** Lines of events, newest last. */
  readonly events: { readonly kind: string; readonly text: string; readonly level: string }[] = [];
  readonly #waiting: (() => void)[] = [];

  constructor({ folder, market, credentials, seed }: VictimOptions) {
    const words = ["live", join(folder, "expert.ts"), "--yes", "--json", "--market", market, "--on-exit", "leave", "--duration", DURATION];
    const env: NodeJS.ProcessEnv = { ...process.env, BINANCE_API_KEY: credentials.apiKey, BINANCE_API_SECRET: credentials.apiSecret };
    delete env["METAEXPERT_HOME"];
    const args = [PROGRAM, ...words, "--home", join(folder, "home"), "--seed", String(seed), "--log-level", "warn"];
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    child.stdout.setEncoding("utf8").on("data", (text: string) => this.#read(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr = (this.stderr + text).slice(-20_000);
    });
    const limit = setTimeout(() => child.kill("SIGKILL"), LIFE_MS_MAX);
    this.ended = new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        clearTimeout(limit);
        this.isOver = true;
        this.#wake();
        resolve({ code, signal });
      });
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves when something that the process has said makes it so, when it has ended, or after a while: whether it is so. */
  async until(isSo: () => boolean, patienceMs: number): Promise<boolean> {
    const deadline = performance.now() + patienceMs;
    while (!isSo() && !this.isOver && performance.now() < deadline) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        setTimeout(resolve, 50);
      });
    }
    return isSo();
  }

  #read(text: string): void {
    this.#text += text;
    const lines = this.#text.split("\n");
    this.#text = lines.pop() ?? "";
    for (const line of lines) this.#take(JSON.parse(line) as { readonly type: string });
    this.#wake();
  }

  #take(line: { readonly type: string }): void {
    if (line.type === "outcome") this.outcome = line as unknown as RunOutcome;
    if (line.type !== "event") return;
    const event = line as unknown as Victim["events"][number];
    this.events.push(event);
    if (event.kind === "connection" && event.text.endsWith(": connected")) this.tradesSince ??= performance.now();
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Most that the active expert ever holds, in base units. */
export const HELD_MAX = 0.004;

/** Writes the project of an expert that acts every second, always with stop and target, and where it trades. */
export function writeProject(folder: string, market: "spot" | "linear", url: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(folder, "metaexpert.config.json"), `${JSON.stringify({ baseUrl: url })}\n`);
  writeFileSync(join(folder, "expert.ts"), expertSource(market));
}

function expertSource(market: "spot" | "linear"): string {
  return `import { defineExpert } from "metaexpert";

export default defineExpert(
  {
    name: "Active",
    symbol: "BTCUSDT",
    timeframe: "${market === "spot" ? "1s" : "1m"}",
    risk: {
      stopLossPct: 0.4, takeProfitPct: 0.6, maxDrawdownPct: 90, maxOrderSizeQuote: 1000,
      maxOrdersPerMinute: 100000, duplicateWindowMs: 0, maxRepeatedOrders: 1000000,
    },
  },
  (expert) => {
    const memory = expert.memory({ acts: 0 });
    expert.onTimer(1, () => {
      memory.acts += 1;
      const { random, position, orders } = expert;
      const price = expert.price();
      const entries = orders.filter(({ purpose }) => purpose === "entry");
      const draw = random.next();
      if (position.isFlat && orders.length === 0) {
        const side = ${market === "spot" ? '"buy"' : 'random.next() < 0.5 ? "buy" : "sell"'};
        if (draw < 0.7) expert[side]({ quantity: ${HELD_MAX} });
        else expert[side]({ quantity: ${HELD_MAX}, price: price * (side === "buy" ? 0.9999 : 1.0001) });
        return;
      }
      if (draw < 0.25) expert.closePosition();
      else if (draw < 0.5) for (const entry of entries) expert.cancel(entry.clientOrderId);
      else if (draw < 0.75) for (const order of orders) {
        if (order.purpose === "stopLoss") expert.amend(order.clientOrderId, { triggerPrice: price * (order.side === "sell" ? 0.996 : 1.004) });
      }
    });
  },
);
`;
}
