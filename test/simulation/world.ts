import { silentLogger, type Logger } from "../../src/base/logger.ts";
import { Grid } from "../../src/base/grid.ts";
import { createRandom, type Random } from "../../src/base/random.ts";
import { turn, VirtualScheduler } from "../../src/base/scheduler.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import { Inbox } from "../../src/engine/inbox.ts";
import type { MarketSource } from "../../src/engine/market-source.ts";
import { endpointsOf } from "../../src/exchanges/binance/endpoints.ts";
import { createBinanceMarket } from "../../src/exchanges/binance/market/market-source.ts";
import { readCredentials } from "../../src/exchanges/binance/trading/credentials.ts";
import { createBinanceLimiter } from "../../src/exchanges/binance/rate-limits.ts";
import { createBinanceGateway } from "../../src/exchanges/binance/trading/gateway.ts";
import type { ExpertDefinition } from "../../src/expert/define.ts";
import type { RunOptions } from "../../src/expert/options.ts";
import type { ResolvedRunOptions } from "../../src/expert/resolved.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { startRun, type RunGround } from "../../src/run/live.ts";
import type { RunHandle, RunOutcome } from "../../src/run/run-status.ts";
import { openStateOn } from "../../src/run/state.ts";
import { createBinanceServer, type BinanceServer } from "../../src/sandbox/binance/server.ts";
import { defaultInstruments } from "../../src/sandbox/default-instruments.ts";
import { FaultPlan } from "../../src/sandbox/faults.ts";
import { SimDisk } from "../../src/sandbox/sim-disk.ts";
import { SimNetwork, type SimClient } from "../../src/sandbox/sim-network.ts";
import { createVenue } from "../../src/sandbox/venue/create-venue.ts";
import type { Venue } from "../../src/sandbox/venue.ts";
import type { VenueServer } from "../../src/sandbox/venue-server.ts";
import { ProcessScheduler } from "./process-scheduler.ts";
import { JournalWatch } from "./journal-watch.ts";
import { heard, type Ears } from "./ears.ts";
import type { Life } from "./life.ts";
import { lossyHttp } from "./lossy-http.ts";
import { NO_WIRING, type Wiring } from "./wiring.ts";

export const CANARY_KEY = "canaryKEY7f3a9c1e5b8d2046";
export const CANARY_SECRET = "canarySECRET5d2b8e1f4a7c9036";
const BASE_URL = "http://127.0.0.1:8899";
const START = Date.UTC(2026, 0, 5, 12);

export interface WorldOptions {
  readonly seed: number;
  readonly market: Venue["market"];
  readonly positionMode?: "hedge" | "oneWay";
  readonly tradesPerSecond?: number;
  readonly ears?: Ears;
  /** What a planted bug changes of the product. */
  readonly wiring?: Wiring;
}

/** A venue, a network, a disk and a clock in one process, all drawn from one seed: everything a run meets, and nothing real. */
export class World {
  readonly scheduler = new VirtualScheduler(START);
  readonly random: Random;
  readonly venue: Venue;
  readonly plan: FaultPlan;
  readonly server: BinanceServer;
  readonly disk: SimDisk;
  /** The disk as processes see it, and what they have written on it. */
  readonly journal: JournalWatch;
  /** Chance, 0 to 1, that a request's connection breaks at once while the request itself still arrives, up to `lateMs` later. */
  readonly late = { share: 0, lateMs: 2_500 };
  readonly symbol: string;
  /** The symbol's rules when the world began; later ones are coarser. */
  readonly openingInstrument: Instrument;
  /** Steps of quantities. */
  readonly quantity: Grid;
  readonly #network: SimNetwork;
  readonly #options: WorldOptions;
  #current: SimProcess | undefined;
  /** When the first process was started; NaN before. */
  firstStart = NaN;
  steps = 0;

  constructor(options: WorldOptions) {
    const { seed, market, positionMode = "oneWay", tradesPerSecond = 0.5 } = options;
    const { scheduler } = this;
    this.#options = options;
    this.random = createRandom(seed);
    const instruments = defaultInstruments(market).slice(0, 1);
    this.openingInstrument = instruments[0] as Instrument;
    this.symbol = this.openingInstrument.symbol;
    this.quantity = new Grid(this.openingInstrument.quantityStep);
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
    this.server = createBinanceServer({
      venues: { [market]: this.venue },
      scheduler,
      random: this.random.fork("server"),
      accounts: [{ apiKey: CANARY_KEY, secret: CANARY_SECRET }],
    });
    const { ears = {} } = options;
    this.venue.listen((event) => ears.onVenue?.(event));
    const server: VenueServer = {
      handle: (request) => {
        const response = this.server.handle(request);
        ears.onAnswer?.(request, response);
        return response;
      },
      open: (path, query, connection) => this.server.open(path, query, connection),
    };
    this.plan = new FaultPlan({ server, scheduler, random: this.random.fork("faults") });
    this.#network = new SimNetwork({ plan: this.plan, scheduler, random: this.random.fork("network") });
    this.disk = new SimDisk(this.random.fork("disk"));
    this.journal = new JournalWatch(this.disk, {
      onRecord: (entry) => ears.onRecord?.(entry),
      onText: (text) => ears.onText?.("the journal", text),
      onCrash: () => this.#current?.kill(),
    });
    this.venue.start();
  }

  /** The symbol's rules as they are now. */
  get instrument(): Instrument {
    return this.venue.instruments[0] as Instrument;
  }

  /** Starts a process that trades. */
  process(definition: ExpertDefinition, options: RunOptions = {}, log: Logger = silentLogger): SimProcess {
    const { market, positionMode = "oneWay" } = this.#options;
    const where: RunOptions =
      market === "spot"
        ? { marketType: "spot" }
        : { marketType: "futures", contractType: market === "inverse" ? "inverse" : "linear", positionMode };
    const run = resolveRunOptions(definition.options, { mode: "live", ...where, onExit: "leave", ...options });
    const { ears = {}, wiring = NO_WIRING } = this.#options;
    const started = new SimProcess(this, { definition, run, log, client: this.#network.client(), ears, wiring });
    this.#current = started;
    if (Number.isNaN(this.firstStart)) this.firstStart = this.scheduler.now();
    return started;
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
  readonly run: ResolvedRunOptions;
  readonly log: Logger;
  readonly client: SimClient;
  readonly ears: Ears;
  readonly wiring: Wiring;
}

/** One life of a trading process in the world. */
export class SimProcess implements Life {
  readonly scheduler: ProcessScheduler;
  readonly client: SimClient;
  readonly run: ResolvedRunOptions;
  readonly startedAt: number;
  readonly #stop = new AbortController();
  inbox: Inbox | undefined;
  handle: RunHandle | undefined;
  outcome: RunOutcome | undefined;
  failure: unknown;
  isDead = false;
  /** When it was asked to end, by the world's clock; NaN before. */
  stoppedAt = NaN;
  /** Folder of its journal, once it is open. */
  folder: string | undefined;

  constructor(world: World, parts: ProcessParts) {
    const { definition, run, log, client } = parts;
    this.scheduler = new ProcessScheduler(world.scheduler);
    this.client = client;
    this.run = run;
    this.startedAt = world.scheduler.now();
    const random = world.random.fork(`process ${world.steps}`);
    const ground = this.#ground(world, parts, random);
    const { scheduler } = this;
    void startRun({ definition, run, env: {}, home: "/home", scheduler, random, log, signal: this.#stop.signal, ground }).then(
      (handle) => {
        this.handle = handle;
        handle.done.then(
          (outcome) => {
            this.outcome = outcome;
          },
          (error: unknown) => {
            this.failure = error;
          },
        );
      },
      (error: unknown) => {
        this.failure = error;
      },
    );
  }

  /** Nothing of it goes on any more: it was killed, has ended or has failed to start. */
  get isOver(): boolean {
    return this.isDead || this.outcome !== undefined || this.failure !== undefined;
  }

  /** SIGTERM. */
  terminate(): void {
    this.stoppedAt = this.scheduler.now() - this.scheduler.skewMs;
    this.#stop.abort();
  }

  /** SIGKILL: no timer fires any more, no message arrives, nothing leaves, nothing is written. */
  kill(): void {
    this.isDead = true;
    this.scheduler.kill();
    this.client.die();
  }

  #ground(world: World, { run, log, client, ears, wiring }: ProcessParts, random: Random): RunGround {
    const market = run.market as Venue["market"];
    const { scheduler } = this;
    return {
      openPlace: async () => {
        const net = heard(lossyHttp(client, { world, random: random.fork("late"), isDead: () => this.isDead }), ears, this);
        const http = wiring.http?.(net.http, this) ?? net.http;
        const limiter = createBinanceLimiter({ market, scheduler });
        const endpoints = endpointsOf({ market, baseUrl: BASE_URL });
        const shared = { market, endpoints, http, sockets: net.sockets, scheduler, limiter, log };
        const plain: MarketSource = createBinanceMarket({ ...shared, random: random.fork("market") });
        const source = wiring.source?.(plain) ?? plain;
        return {
          source,
          openGateway: (instruments) => {
            const credentials = readCredentials({ BINANCE_API_KEY: CANARY_KEY, BINANCE_API_SECRET: CANARY_SECRET });
            const gateway = createBinanceGateway({ ...shared, instruments, random: random.fork("account"), credentials });
            return wiring.gateway?.(gateway, scheduler) ?? gateway;
          },
          [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
        };
      },
      openState: (home, resolved, facts) => {
        const disk = wiring.disk?.(world.journal) ?? world.journal;
        const state = openStateOn(disk, () => ({ release() {} }), { home, run: resolved, ...facts });
        this.folder = state.folder;
        return wiring.state?.(state) ?? state;
      },
      openInbox: (streams, processScheduler) => {
        this.inbox = new Inbox(streams, processScheduler);
        return this.inbox;
      },
    };
  }
}
