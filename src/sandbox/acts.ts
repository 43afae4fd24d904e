import type { Instrument } from "../domain/instrument.ts";
import type { Venue, VenueOrderId, VenueOrderRequest, VenueStatus } from "./venue.ts";

/** What the operator of an exchange can do to the server itself; the markets are the venues' own operators'. */
export interface ServerOperator {
  /** Sets the server's clock wrong: by so many milliseconds now, and so many more a second. */
  setClock(offsetMs: number, driftMsPerSecond?: number): void;
  /** All connections end at once and listen keys are forgotten. */
  restart(): void;
  /** Tells every connection that it is about to end. */
  announceShutdown(): void;
  /** Keys of private streams run out, all of them. */
  expireListenKeys(): void;
  /** Private streams end with a message that says so. */
  terminateUserStreams(): void;
  /** The key is refused from now on. */
  revokeKey(apiKey: string): void;
  restoreKey(apiKey: string): void;
  /** Refuses every request of an address. */
  ban(address: string, durationMs: number): void;
  /** Connections that are open. */
  readonly connectionCount: number;
  /** How many hear of the account on them. */
  readonly userStreamCount: number;
}

/** Something that happens at an exchange and that no client has asked for. */
export type VenueAct =
  | ({ readonly market: Venue["market"] } & MarketAct)
  | { readonly act: "clock"; readonly offsetMs: number; readonly driftMsPerSecond?: number | undefined }
  /** With `forgetOlderThanMs`, finished orders without a fill are lost as well. */
  | { readonly act: "restart"; readonly forgetOlderThanMs?: number | undefined }
  | { readonly act: "announceShutdown" | "expireListenKeys" | "terminateUserStreams" }
  | { readonly act: "revokeKey" | "restoreKey"; readonly apiKey: string }
  | { readonly act: "ban"; readonly address: string; readonly durationMs: number };

export type MarketAct =
  /** Executes a share (0 to 1) of what is left of an order. */
  | { readonly act: "fill"; readonly order: VenueOrderId; readonly share: number; readonly price?: number | undefined }
  | { readonly act: "cancel"; readonly order: VenueOrderId; readonly reason: string }
  | { readonly act: "movePrice"; readonly symbol: string; readonly price: number }
  /** The account's owner places an order by hand. */
  | { readonly act: "externalOrder"; readonly request: VenueOrderRequest }
  | { readonly act: "liquidate"; readonly symbol: string }
  | { readonly act: "deleverage"; readonly symbol: string; readonly share: number }
  | { readonly act: "fund"; readonly symbol: string; readonly rate: number }
  | { readonly act: "transfer"; readonly asset: string; readonly amount: number }
  | { readonly act: "status"; readonly symbol: string; readonly status: VenueStatus }
  /** The rules of a symbol change while everything runs. */
  | { readonly act: "instrument"; readonly symbol: string; readonly change: InstrumentChange }
  /** Finished orders without a fill that are older are no longer known. */
  | { readonly act: "forget"; readonly olderThanMs: number }
  | { readonly act: "positionMode"; readonly mode: "hedge" | "oneWay" }
  | { readonly act: "leverage"; readonly symbol: string; readonly leverage: number };

/** What may change of an instrument; decimal strings. */
export type InstrumentChange = Partial<Pick<Instrument, "priceStep" | "quantityStep" | "quantityMin" | "quantityMax" | "notionalMin">>;

export interface ActTarget {
  readonly venues: { readonly spot?: Venue; readonly linear?: Venue; readonly inverse?: Venue };
  readonly operator: ServerOperator;
}

/** Lets it happen. The text says what did not: the exchange has no such market, or refused the owner's order. */
export function performAct(act: VenueAct, { venues, operator }: ActTarget): string | undefined {
  if ("market" in act) {
    const venue = venues[act.market];
    return venue === undefined ? `there is no ${act.market} market here` : performMarketAct(act, venue);
  }
  switch (act.act) {
    case "clock":
      operator.setClock(act.offsetMs, act.driftMsPerSecond);
      return undefined;
    case "restart": {
      const { forgetOlderThanMs } = act;
      const all = [venues.spot, venues.linear, venues.inverse];
      if (forgetOlderThanMs !== undefined) for (const venue of all) venue?.operator.forget(forgetOlderThanMs);
      operator.restart();
      return undefined;
    }
    case "announceShutdown":
    case "expireListenKeys":
    case "terminateUserStreams":
      operator[act.act]();
      return undefined;
    case "revokeKey":
    case "restoreKey":
      operator[act.act](act.apiKey);
      return undefined;
    case "ban":
      operator.ban(act.address, act.durationMs);
      return undefined;
  }
}

function performMarketAct(act: MarketAct, venue: Venue): string | undefined {
  const { operator } = venue;
  switch (act.act) {
    case "fill":
      operator.fill(act.order, act.share, act.price);
      return undefined;
    case "cancel":
      operator.cancel(act.order, act.reason);
      return undefined;
    case "movePrice":
      operator.movePrice(act.symbol, act.price);
      return undefined;
    case "externalOrder": {
      const result = operator.placeExternal(act.request);
      return result.ok ? undefined : `the order was refused: ${result.text}`;
    }
    case "liquidate":
      operator.liquidate(act.symbol);
      return undefined;
    case "deleverage":
      operator.deleverage(act.symbol, act.share);
      return undefined;
    case "fund":
      operator.fund(act.symbol, act.rate);
      return undefined;
    case "transfer":
      operator.transfer(act.asset, act.amount);
      return undefined;
    case "status":
      operator.setStatus(act.symbol, act.status);
      return undefined;
    case "instrument": {
      const instrument = venue.instruments.find(({ symbol }) => symbol === act.symbol);
      if (instrument === undefined) return `${act.symbol} is not listed`;
      operator.setInstrument({ ...instrument, ...act.change });
      return undefined;
    }
    case "forget":
      operator.forget(act.olderThanMs);
      return undefined;
    case "positionMode":
      venue.positionMode = act.mode;
      return undefined;
    case "leverage": {
      const result = venue.setLeverage(act.symbol, act.leverage);
      return result.ok ? undefined : `the leverage was refused: ${result.text}`;
    }
  }
}
