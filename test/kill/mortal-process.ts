import type { Logger } from "../../src/base/logger.ts";
import type { Random } from "../../src/base/random.ts";
import { endpointsOf } from "../../src/exchanges/binance/endpoints.ts";
import { createBinanceMarket } from "../../src/exchanges/binance/market/market-source.ts";
import { readCredentials } from "../../src/exchanges/binance/trading/credentials.ts";
import { createBinanceLimiter } from "../../src/exchanges/binance/rate-limits.ts";
import { createBinanceGateway } from "../../src/exchanges/binance/trading/gateway.ts";
import type { ExpertDefinition } from "../../src/expert/define.ts";
import type { ResolvedRunOptions } from "../../src/expert/resolved.ts";
import { startRun, type RunGround } from "../../src/run/live.ts";
import type { RunHandle, RunOutcome } from "../../src/run/run-status.ts";
import { openStateOn } from "../../src/run/state.ts";
import type { SimClient } from "../../src/sandbox/sim-network.ts";
import { ProcessScheduler } from "../simulation/process-scheduler.ts";
import { CANARY_KEY, CANARY_SECRET, type World } from "../simulation/world.ts";
import { Fate, type Death } from "./fate.ts";
import { mortalClient } from "./mortal-client.ts";
import { MortalDisk } from "./mortal-disk.ts";

export interface MortalOptions {
  readonly world: World;
  readonly client: SimClient;
  readonly definition: ExpertDefinition;
  readonly run: ResolvedRunOptions;
  readonly random: Random;
  readonly log: Logger;
  /** Where it is killed; it lives on where this is absent. */
  readonly death?: Death | undefined;
}

/** One life of a trading process, every operation of which can be its last. */
export class MortalProcess {
  readonly fate: Fate;
  readonly disk: MortalDisk;
  readonly #stop = new AbortController();
  handle: RunHandle | undefined;
  outcome: RunOutcome | undefined;
  /** Why it did not start, or how it broke; what a killed process runs into is none. */
  failure: unknown;
  /** When it was reconciled and traded, milliseconds; NaN before. */
  runningAt = NaN;
  readonly startedAt: number;

  constructor({ world, client, definition, run, random, log, death }: MortalOptions) {
    const scheduler = new ProcessScheduler(world.scheduler);
    this.startedAt = scheduler.now();
    this.fate = new Fate(death, () => {
      scheduler.kill();
      client.die();
    });
    this.disk = new MortalDisk(world.disk, this.fate);
    const parts = { market: world.venue.market, endpoints: endpointsOf({ market: world.venue.market, baseUrl: "http://127.0.0.1:8899" }) };
    const shared = { ...parts, ...mortalClient(client, this.fate), scheduler, log };
    const credentials = readCredentials({ BINANCE_API_KEY: CANARY_KEY, BINANCE_API_SECRET: CANARY_SECRET });
    const ground: Partial<RunGround> = {
      openPlace: async () => {
        const limiter = createBinanceLimiter({ market: world.venue.market, scheduler });
        const source = createBinanceMarket({ ...shared, limiter, random: random.fork("market") });
        return {
          source,
          openGateway: (instruments) =>
            createBinanceGateway({ ...shared, limiter, instruments, random: random.fork("account"), credentials }),
          [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
        };
      },
      openState: (home, resolved, facts) => openStateOn(this.disk, () => ({ release() {} }), { home, run: resolved, ...facts }),
    };
    const { signal } = this.#stop;
    startRun({ definition, run, env: {}, home: "/home", scheduler, random, log, signal, ground }).then(
      (handle) => {
        if (this.fate.isDead) return;
        this.handle = handle;
        this.runningAt = scheduler.now();
        handle.done.then(
          (outcome) => {
            if (!this.fate.isDead) this.outcome = outcome;
          },
          (error: unknown) => this.#fail(error),
        );
      },
      (error: unknown) => this.#fail(error),
    );
  }

  /** SIGTERM. */
  terminate(): void {
    this.#stop.abort();
  }

  #fail(error: unknown): void {
    if (!this.fate.isDead) this.failure = error;
  }
}
