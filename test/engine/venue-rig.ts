import { silentLogger } from "../../src/base/logger.ts";
import { turn, VirtualScheduler, wait } from "../../src/base/scheduler.ts";
import type { Instrument } from "../../src/domain/instrument.ts";
import type { ExchangeCapabilities, ExchangeReport } from "../../src/engine/exchange.ts";
import type { SessionEvent } from "../../src/engine/feed.ts";
import type { InstrumentSource } from "../../src/engine/gateway.ts";
import type { Journal } from "../../src/engine/journal.ts";
import { Inbox } from "../../src/engine/inbox.ts";
import type { Session } from "../../src/engine/session.ts";
import { VenueExchange } from "../../src/engine/venue/venue-exchange.ts";
import { defineExpert } from "../../src/expert/define.ts";
import type { Expert, StopReason } from "../../src/expert/expert.ts";
import type { ErrorPolicy, ExitPolicy, RiskOptions } from "../../src/expert/options.ts";
import { resolveRunOptions } from "../../src/expert/resolve.ts";
import { HEADER_STATE, type SessionHeader } from "../../src/run/session-header.ts";
import { restoredFrom, type RestoredRun } from "../../src/run/state.ts";
import { createTradingSession } from "../../src/run/trading-session.ts";
import { defaultInstruments } from "../../src/sandbox/default-instruments.ts";
import type { SimulatedVenue } from "../../src/sandbox/venue/create-venue.ts";
import { createVenue } from "../../src/sandbox/venue/create-venue.ts";
import { MemoryGateway } from "./memory-gateway.ts";
import { TextJournal } from "./text-journal.ts";

export const RIG_START = Date.UTC(2026, 0, 5, 12);

export interface VenueRigOptions {
  readonly market?: "spot" | "linear" | "inverse";
  readonly hedge?: boolean;
  readonly instruments?: readonly Instrument[];
  readonly risk?: RiskOptions;
  readonly setup?: (expert: Expert) => void;
  readonly onError?: ErrorPolicy;
  readonly onExit?: ExitPolicy;
  readonly capabilities?: Partial<ExchangeCapabilities>;
  readonly buyFeeAsset?: "base" | "quote";
  /** @default the venue's own, a little later */
  readonly rules?: InstrumentSource;
  /** Takes the records of all lives as well. */
  readonly journal?: Journal;
}

/** One venue with one account, and one trading session after another on it. */
export class VenueRig {
  readonly scheduler = new VirtualScheduler(RIG_START);
  readonly venue: SimulatedVenue;
  readonly instruments: readonly Instrument[];
  readonly symbol: string;
  readonly options: VenueRigOptions;
  readonly journal: TextJournal;
  /** Every order record told to the engine, as "accepted me0-1". */
  readonly reports: string[] = [];
  /** What the log was told, warnings and worse. */
  readonly alarms: string[] = [];
  /** When the first session began, milliseconds. */
  beganAt = NaN;
  #starts = 0;
  #life: Life | undefined;

  constructor(options: VenueRigOptions = {}) {
    const { market = "linear", hedge = false, instruments = defaultInstruments(market).slice(0, 1), buyFeeAsset = "base" } = options;
    this.options = options;
    this.journal = new TextJournal(options.journal);
    this.instruments = instruments;
    this.symbol = instruments[0]?.symbol ?? "";
    this.venue = createVenue({
      market,
      instruments,
      scheduler: this.scheduler,
      seed: 1,
      initialCapital: market === "inverse" ? 1 : 10_000,
      positionMode: hedge ? "hedge" : "oneWay",
      buyFeeAsset,
      prices: Object.fromEntries(instruments.map(({ symbol }) => [symbol, 50_000])),
    });
  }

  get life(): Life {
    if (this.#life === undefined) throw new Error("the rig has not been started");
    return this.#life;
  }

  get gateway(): MemoryGateway {
    return this.life.gateway;
  }

  get expert(): Expert {
    return this.life.expert;
  }

  get core() {
    return this.life.session.core;
  }

  get exchange(): VenueExchange {
    return this.life.exchange;
  }

  /** Starts a session with what the one before has left; resolves when it trades. `prepare` sees the gateway before the first question. */
  async start(prepare: (gateway: MemoryGateway) => void = () => {}, overrides: Partial<VenueRigOptions> = {}): Promise<void> {
    if (this.#starts === 0) this.beganAt = this.scheduler.now();
    this.#starts += 1;
    const life = new Life(this, this.#starts, { ...this.options, ...overrides });
    this.#life = life;
    prepare(life.gateway);
    void life.begin();
    for (let step = 0; step < 5_000 && !life.isReady; step += 1) await this.step();
    await this.pass(100);
  }

  /** The process is gone: nothing of it happens any more. */
  kill(): void {
    this.life.kill();
  }

  async step(): Promise<void> {
    this.scheduler.step();
    await turn();
  }

  /** Lets time pass. */
  async pass(ms: number): Promise<void> {
    const end = this.scheduler.now() + ms;
    while (this.scheduler.nextDue <= end) await this.step();
    this.scheduler.advanceTo(end);
    await turn();
  }

  /** The venue executes a share of what is left of an order. */
  fillAtVenue(clientOrderId: string, share: number): void {
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- an order is filled, not an array
    this.venue.operator.fill({ clientOrderId }, share);
  }

  /** What the venue holds of the first symbol, signed. */
  held(side: "net" | "long" | "short" = "net"): number {
    if (this.venue.market === "spot") {
      const base = this.instruments[0]?.baseAsset;
      return this.venue.balances().find(({ asset }) => asset === base)?.total ?? 0;
    }
    return this.venue.positions().find((position) => position.symbol === this.symbol && position.side === side)?.quantity ?? 0;
  }

  /** What the engine's books hold of it. */
  booked(): number {
    return this.core.portfolio.books[0]?.quantity ?? NaN;
  }

  wallet(): number {
    const asset = this.core.portfolio.currency;
    return this.venue.balances().find((balance) => balance.asset === asset)?.total ?? NaN;
  }

  /** Orders at the venue, as "sell stop 0.1 open". */
  venueOrders(): string[] {
    return this.venue.orders(this.symbol).map(({ side, type, quantity, status }) => `${side} ${type} ${quantity} ${status}`);
  }

  openAtVenue(): string[] {
    return this.venue.openOrders(this.symbol).map(({ side, type, quantity }) => `${side} ${type} ${quantity}`);
  }
}

/** One process on the rig's venue. */
class Life {
  readonly gateway: MemoryGateway;
  readonly session: Session;
  readonly exchange: VenueExchange;
  expert!: Expert;
  readonly inbox: Inbox;
  readonly errors: string[] = [];
  /** How the session ended. */
  ended: StopReason | undefined;
  failure: unknown;
  /** Both sides have been compared. */
  isReady = false;
  readonly #rig: VenueRig;
  readonly #restored: RestoredRun | undefined;
  #isDead = false;
  readonly #visibility = new Map<string, boolean>();

  constructor(
    rig: VenueRig,
    count: number,
    { market = "linear", hedge, risk = {}, setup, onError, onExit, capabilities, rules }: VenueRigOptions,
  ) {
    const { scheduler, venue, instruments, journal } = rig;
    this.#rig = rig;
    const alive = {
      now: () => scheduler.now(),
      after: (ms: number, run: () => void) => scheduler.after(ms, () => (this.#isDead ? undefined : run())),
    };
    this.gateway = new MemoryGateway(venue, alive, capabilities);
    const streams = instruments.map(({ symbol }) => ({ symbol, timeframe: "1m" as const, kind: "barsAndTrades" as const }));
    const symbols = instruments.map(({ symbol }) => symbol);
    this.inbox = new Inbox(streams, alive);
    const log = {
      ...silentLogger,
      warn: (text: string) => void rig.alarms.push(text),
      error: (text: string) => void rig.alarms.push(text),
    };
    this.exchange = new VenueExchange({
      gateway: this.gateway,
      instruments,
      scheduler: alive,
      log,
      rules: rules ?? { instruments: () => wait(alive, 50).then(() => this.#rig.venue.instruments) },
      report: (report) => this.#report(report),
      onVisibility: (isVisible, reason) => this.#see(isVisible, reason),
      bookedBalance: (asset) => {
        const { portfolio } = this.session.core;
        return this.inbox.isEmpty && asset === portfolio.currency ? portfolio.wallet : undefined;
      },
    });
    const { latest } = journal;
    this.#restored = restoredFrom(latest.kept());
    const isSpot = market === "spot";
    const definition = defineExpert({ name: "Rig", symbols, timeframe: "1m" }, (expert) => {
      this.expert = expert;
      expert.onError((error) => void this.errors.push(error.message));
      setup?.(expert);
    });
    const run = resolveRunOptions(definition.options, {
      mode: "live",
      ...(isSpot ? {} : { marketType: "futures", contractType: market === "inverse" ? "inverse" : "linear" }),
      ...(hedge === true ? { positionMode: "hedge" } : {}),
      onError: onError ?? "halt",
      onExit: onExit ?? "cancel",
      risk: {
        sizing: { type: "fixedBase", quantity: market === "inverse" ? 10 : 0.1 },
        duplicateWindowMs: 0,
        maxDrawdownPct: 99,
        leverage: isSpot ? 1 : 5,
        ...risk,
      },
    });
    const capital = rig.venue.balances().find(({ asset }) => asset === instruments[0]?.settleAsset)?.total ?? 0;
    const header: SessionHeader = {
      version: 1,
      startedAt: scheduler.now(),
      firstStartedAt: this.#rig.beganAt,
      idPrefix: `me${count}-`,
      tradesFrom: scheduler.now() - 1,
      expert: { name: "Rig", file: "rig.ts", sourceHash: "1" },
      run,
      initialCapital: capital,
      startEquity: capital,
      costRate: 0.001,
      streams,
      instruments,
      exchange: { name: "binance", capabilities: this.gateway.capabilities, simulated: undefined },
    };
    journal.state(HEADER_STATE, header);
    this.session = createTradingSession({ header, definition, exchange: this.exchange, journal, restored: this.#restored, log });
  }

  async begin(): Promise<void> {
    const { venue, scheduler, instruments } = this.#rig;
    venue.listen((event) => {
      if (event.kind !== "trade" || this.#isDead) return;
      const stream = instruments.findIndex(({ symbol }) => symbol === event.symbol);
      this.inbox.pushTrade(stream, event.trade);
    });
    void this.session.run(this.inbox).then(
      (reason) => {
        this.ended = reason;
      },
      (error: unknown) => {
        this.failure = error;
      },
    );
    instruments.forEach(({ symbol }, stream) => {
      const price = venue.lastPrice(symbol);
      this.inbox.pushTrade(stream, { id: "0", time: scheduler.now(), price, quantity: 1, takerSide: "buy" });
    });
    this.inbox.startClock();
    const restored = this.#restored;
    await this.exchange.start({
      orders: restored?.orders ?? [],
      fillIds: this.#rig.journal.fills.map(({ symbol, tradeId }) => `${symbol}:${tradeId}`),
      positions: restored?.positions ?? [],
      seenUntil: restored?.seenUntil,
      beganAt: this.#rig.beganAt,
    });
    this.isReady = true;
  }

  kill(): void {
    // The session waits for an event that never comes: a process that is killed writes nothing any more.
    this.#isDead = true;
    void this.exchange[Symbol.asyncDispose]();
  }

  push(event: SessionEvent): void {
    this.inbox.push(event);
  }

  #report(report: ExchangeReport): void {
    if (this.#isDead) return;
    const id = "clientOrderId" in report ? report.clientOrderId : "fill" in report ? report.fill.clientOrderId : "";
    this.#rig.reports.push(`${report.kind} ${id}`.trim());
    this.inbox.push({ kind: "report", report });
  }

  #see(isVisible: boolean, reason: string): void {
    if (this.#isDead || this.#visibility.get("account") === isVisible) return;
    this.#visibility.set("account", isVisible);
    const status = isVisible ? ("connected" as const) : ("reconnecting" as const);
    const state = { exchange: "binance", status, ...(isVisible ? {} : { reason }) };
    this.inbox.push({ kind: "connection", time: this.#rig.scheduler.now(), state, isStale: !isVisible });
  }
}
