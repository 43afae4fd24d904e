import { silentLogger, type Logger } from "../../src/base/logger.ts";
import { createRandom, type Random } from "../../src/base/random.ts";
import { turn, VirtualScheduler } from "../../src/base/scheduler.ts";
import type { MarketSource } from "../../src/engine/market-source.ts";
import { endpointsOf } from "../../src/exchanges/binance/endpoints.ts";
import { createBinanceMarket } from "../../src/exchanges/binance/market/market-source.ts";
import { readCredentials } from "../../src/exchanges/binance/trading/credentials.ts";
import { createBinanceGateway } from "../../src/exchanges/binance/trading/gateway.ts";
import type { ExpertDefinition } from "../../src/expert/define.ts";
import type { RunOptions } from "../../src/expert/options.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { startRun, type RunGround } from "../../src/run/live.ts";
import type { RunHandle, RunOutcome } from "../../src/run/run-status.ts";
import { openStateOn } from "../../src/run/state.ts";
import { createBinanceServer } from "../../src/sandbox/binance/server.ts";
import { defaultInstruments } from "../../src/sandbox/default-instruments.ts";
import { FaultPlan } from "../../src/sandbox/faults.ts";
import { SimDisk } from "../../src/sandbox/sim-disk.ts";
import { SimNetwork, type SimClient } from "../../src/sandbox/sim-network.ts";
import { createVenue } from "../../src/sandbox/venue/create-venue.ts";
import type { Venue } from "../../src/sandbox/venue.ts";
import { ProcessScheduler } from "./process-scheduler.ts";

export const CANARY_KEY = "canaryKEY7f3a9c1e5b8d2046";
export const CANARY_SECRET = "canarySECRET5d2b8e1f4a7c9036";
const BASE_URL = "http://127.0.0.1:8899";
const START = Date.UTC(2026, 0, 5, 12);

export interface WorldOptions {
  readonly seed: number;
  readonly market: Venue["market"];
  readonly positionMode?: "hedge" | "oneWay";
  readonly tradesPerSecond?: number;
}

/** A venue, a network, a disk and a clock in one process, all drawn from one seed: everything a run meets, and nothing real. */
export class World {
  readonly scheduler = new VirtualScheduler(START);
  readonly random: Random;
  readonly venue: Venue;
  readonly plan: FaultPlan;
  readonly disk: SimDisk;
  readonly symbol: string;
  readonly #network: SimNetwork;
  readonly #options: WorldOptions;
  steps = 0;

  constructor(options: WorldOptions) {
    const { seed, market, positionMode = "oneWay", tradesPerSecond = 0.5 } = options;
    const { scheduler } = this;
    this.#options = options;
    this.random = createRandom(seed);
    const instruments = defaultInstruments(market).slice(0, 1);
    this.symbol = instruments[0]?.symbol ?? "";
    this.venue = createVenue({
      market,
      instruments,
      scheduler,
      seed,
      initialCapital: market === "inverse" ? 1 : 10_000,
      positionMode,
      tradesPerSecond,
      timeframes: ["1m"],
    });
    const server = createBinanceServer({
      venues: { [market]: this.venue },
      scheduler,
      random: this.random.fork("server"),
      accounts: [{ apiKey: CANARY_KEY, secret: CANARY_SECRET }],
    });
    this.plan = new FaultPlan({ server, scheduler, random: this.random.fork("faults") });
    this.#network = new SimNetwork({ plan: this.plan, scheduler, random: this.random.fork("network") });
    this.disk = new SimDisk(this.random.fork("disk"));
    this.venue.start();
  }

  /** Starts a process that trades. */
  process(definition: ExpertDefinition, options: RunOptions = {}, log: Logger = silentLogger): SimProcess {
    const { market, positionMode = "oneWay" } = this.#options;
    const where: RunOptions =
      market === "spot"
        ? { marketType: "spot" }
        : { marketType: "futures", contractType: market === "inverse" ? "inverse" : "linear", positionMode };
    const run = resolveRunOptions(definition.options, { mode: "live", ...where, onExit: "leave", ...options });
    return new SimProcess(this, { definition, run, log, client: this.#network.client() });
  }

  /** Lets the next thing happen; false when nothing is left to happen. */
  async step(): Promise<boolean> {
    this.steps += 1;
    const isAlive = this.scheduler.step();
    await turn();
    return isAlive;
  }

  /** Lets a stretch of time pass, looking around after each step. */
  async pass(durationMs: number, look: () => void = () => {}): Promise<void> {
    const end = this.scheduler.now() + durationMs;
    while (this.scheduler.nextDue <= end) {
      await this.step();
      look();
    }
    this.scheduler.advanceTo(end);
  }
}

interface ProcessParts {
  readonly definition: ExpertDefinition;
  readonly run: ReturnType<typeof resolveRunOptions>;
  readonly log: Logger;
  readonly client: SimClient;
}

/** One life of a trading process in the world. */
export class SimProcess {
  readonly scheduler: ProcessScheduler;
  readonly client: SimClient;
  readonly #stop = new AbortController();
  handle: RunHandle | undefined;
  outcome: RunOutcome | undefined;
  failure: unknown;
  isDead = false;

  constructor(world: World, { definition, run, log, client }: ProcessParts) {
    this.scheduler = new ProcessScheduler(world.scheduler);
    this.client = client;
    const random = world.random.fork(`process ${world.steps}`);
    const ground: RunGround = {
      openPlace: async () => {
        const endpoints = endpointsOf({ market: run.market as Venue["market"], baseUrl: BASE_URL });
        const shared = {
          market: run.market as Venue["market"],
          endpoints,
          http: client.http,
          sockets: client.sockets,
          scheduler: this.scheduler,
          log,
        };
        const source: MarketSource = createBinanceMarket({ ...shared, random: random.fork("market") });
        return {
          source,
          openGateway: (instruments) =>
            createBinanceGateway({
              ...shared,
              instruments,
              random: random.fork("account"),
              credentials: readCredentials({ BINANCE_API_KEY: CANARY_KEY, BINANCE_API_SECRET: CANARY_SECRET }),
            }),
          [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
        };
      },
      openState: (home, resolved, facts) => openStateOn(world.disk, () => ({ release() {} }), { home, run: resolved, ...facts }),
    };
    void startRun({
      definition,
      run,
      env: {},
      home: "/home",
      scheduler: this.scheduler,
      random,
      log,
      signal: this.#stop.signal,
      ground,
    }).then(
      (handle) => {
        this.handle = handle;
        void handle.done.then((outcome) => {
          this.outcome = outcome;
        });
      },
      (error: unknown) => {
        this.failure = error;
      },
    );
  }

  /** SIGTERM. */
  terminate(): void {
    this.#stop.abort();
  }

  /** SIGKILL: no timer fires any more, no message arrives, nothing is written. */
  kill(): void {
    this.isDead = true;
    this.scheduler.kill();
    this.client.die();
  }
}
