import { createRandom } from "../base/random.ts";
import type { Scheduler } from "../base/scheduler.ts";
import { marketOf } from "../domain/instrument.ts";
import { SECOND_MS } from "../domain/timeframe.ts";
import { performAct, type VenueAct } from "./acts.ts";
import type { ApiAccount } from "./binance/accounts.ts";
import type { Limits } from "./binance/limits.ts";
import { createBinanceServer, type BinanceServer } from "./binance/server.ts";
import { defaultInstruments } from "./default-instruments.ts";
import { FaultPlan } from "./faults.ts";
import { createVenue, type VenueOptions } from "./venue/create-venue.ts";
import type { Venue } from "./venue.ts";

export interface SandboxOptions {
  /** The one market that is served. @default all three */
  readonly market?: Venue["market"];
  /** A whole number: the same seed makes the same market. */
  readonly seed: number;
  readonly scheduler: Scheduler;
  readonly accounts: readonly ApiAccount[];
  readonly limits?: Partial<Limits>;
  /** What differs from the default venue of each market. */
  readonly venue?: Partial<Omit<VenueOptions, "market" | "seed" | "scheduler">>;
}

/** A whole fake exchange without a network: venues, the server that speaks for them, and what can go wrong. */
export interface Sandbox {
  readonly venues: { readonly spot?: Venue; readonly linear?: Venue; readonly inverse?: Venue };
  readonly server: BinanceServer;
  /** The server behind a network that misbehaves on request. */
  readonly faults: FaultPlan;
  /** Lets something happen at the exchange; the text says why it did not. */
  act(act: VenueAct): string | undefined;
  /** Lets the markets move. */
  start(): void;
  /** Ends the markets and all connections. */
  stop(): void;
}

/** Money at the start: enough for anything a trial does. */
const BALANCES: Readonly<Record<Venue["market"], Readonly<Record<string, number>>>> = {
  spot: { USDT: 10_000, BTC: 0.1, ETH: 1 },
  linear: { USDT: 10_000 },
  inverse: { BTC: 1 },
};

const PRICES: Readonly<Record<string, number>> = { BTCUSDT: 64_000, ETHUSDT: 3_200, BTCUSD_PERP: 64_000 };

/** Binance with BTCUSDT and ETHUSDT (spot and USDⓈ-M) and BTCUSD_PERP (COIN-M) on the market simulator. */
export function defaultSandbox(options: SandboxOptions): Sandbox {
  const { market, seed, scheduler, accounts, limits = {} } = options;
  const make = (kind: Venue["market"]): Venue | undefined =>
    market === undefined || market === kind ? createDefaultVenue(kind, options) : undefined;
  const spot = make("spot");
  const linear = make("linear");
  const inverse = make("inverse");
  const venues = {
    ...(spot === undefined ? {} : { spot }),
    ...(linear === undefined ? {} : { linear }),
    ...(inverse === undefined ? {} : { inverse }),
  };
  const random = createRandom(seed);
  const server = createBinanceServer({ venues, scheduler, random: random.fork("server"), accounts, limits });
  const faults = new FaultPlan({ server, scheduler, random: random.fork("faults") });
  const all = Object.values(venues);
  return {
    venues,
    server,
    faults,
    act: (act) => performAct(act, { venues, operator: server.operator }),
    start: () => {
      for (const venue of all) venue.start();
    },
    stop: () => {
      for (const venue of all) venue.stop();
      server.close();
    },
  };
}

function createDefaultVenue(market: Venue["market"], { seed, scheduler, venue = {} }: SandboxOptions): Venue {
  const instruments = venue.instruments ?? defaultInstruments(market);
  return createVenue({
    balances: BALANCES[market],
    prices: PRICES,
    markPriceIntervalMs: SECOND_MS,
    ...venue,
    instruments: instruments.filter((instrument) => marketOf(instrument) === market),
    market,
    seed,
    scheduler,
  });
}
