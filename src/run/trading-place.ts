import { ConfigurationError } from "../base/errors.ts";
import type { Logger } from "../base/logger.ts";
import type { Random } from "../base/random.ts";
import type { Scheduler } from "../base/scheduler.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { Gateway } from "../engine/gateway.ts";
import type { MarketSource } from "../engine/market-source.ts";
import { endpointsOf, type BinanceMarket, type Endpoints } from "../exchanges/binance/endpoints.ts";
import { createBinanceMarket } from "../exchanges/binance/market/market-source.ts";
import { createBinanceLimiter } from "../exchanges/binance/rate-limits.ts";
import { readCredentials } from "../exchanges/binance/trading/credentials.ts";
import { createBinanceGateway } from "../exchanges/binance/trading/gateway.ts";
import { createHttpTransport } from "../exchanges/transport/node-http.ts";
import { createSocketTransport } from "../exchanges/transport/ws-socket.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";

/** Where a run trades: the market's data and, for orders that leave this process, the way to an account. */
export interface TradingPlace extends AsyncDisposable {
  readonly source: MarketSource;
  /** Reads the key; nothing is sent yet. */
  openGateway(instruments: readonly Instrument[]): Gateway;
}

export interface PlaceOptions {
  readonly run: ResolvedRunOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isPaper: boolean;
  readonly isSandbox: boolean;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly log: Logger;
}

/** Opens the place that a run's options name: an exchange, its test market, or the built-in one. */
export async function openPlace(options: PlaceOptions): Promise<TradingPlace> {
  const { run, isSandbox, env, scheduler } = options;
  if (run.exchange !== "binance") {
    throw new ConfigurationError(
      `exchange: paper and live runs of this version trade on binance, not ${run.exchange}; backtests take every exchange`,
    );
  }
  const { market } = run;
  if (market === "option") throw new ConfigurationError("marketType: options are not traded yet; use spot or futures");
  if (!isSandbox) {
    const { testnet, baseUrl } = run;
    return binancePlace(options, market, endpointsOf({ market, testnet, ...(baseUrl === undefined ? {} : { baseUrl }) }), env);
  }
  // Only who asks for the built-in exchange loads it.
  const { startFakeVenue } = await import("../sandbox/server/fake-venue.ts");
  const sandbox = await startFakeVenue({ market, seed: run.seed, scheduler });
  const { apiKey, apiSecret } = sandbox.credentials;
  const keys = { BINANCE_API_KEY: apiKey, BINANCE_API_SECRET: apiSecret };
  const place = binancePlace(options, market, endpointsOf({ market, baseUrl: sandbox.url }), keys);
  return {
    source: place.source,
    openGateway: (instruments) => place.openGateway(instruments),
    async [Symbol.asyncDispose]() {
      await place[Symbol.asyncDispose]();
      await sandbox.close();
    },
  };
}

function binancePlace(options: PlaceOptions, market: BinanceMarket, endpoints: Endpoints, env: PlaceOptions["env"]): TradingPlace {
  const { run, scheduler, random, log } = options;
  const { proxy, rateLimit, subaccount, testnet } = run;
  const allowedHosts = hostsOf(endpoints);
  const http = createHttpTransport({ scheduler, proxy, allowedHosts });
  const sockets = createSocketTransport({ scheduler, proxy, allowedHosts });
  const limiter = createBinanceLimiter({ market, scheduler, requestsPerSecond: rateLimit });
  const shared = { market, endpoints, http, sockets, scheduler, limiter, log };
  const source = createBinanceMarket({ ...shared, random: random.fork("market") });
  return {
    source,
    openGateway: (instruments) =>
      createBinanceGateway({
        ...shared,
        instruments,
        random: random.fork("account"),
        credentials: readCredentials(env, { testnet, ...(subaccount === undefined ? {} : { subaccount }) }),
      }),
    async [Symbol.asyncDispose]() {
      await source[Symbol.asyncDispose]();
      limiter[Symbol.dispose]();
      await http[Symbol.asyncDispose]();
    },
  };
}

/** The hosts that a run may speak to; a request to any other is refused before it is sent. */
function hostsOf({ rest, wallet, streams, wsApi }: Endpoints): string[] {
  const addresses = [rest, wallet, streams.public, streams.market, streams.private, wsApi];
  return [...new Set(addresses.flatMap((address) => (address === undefined ? [] : [new URL(address).host])))];
}
