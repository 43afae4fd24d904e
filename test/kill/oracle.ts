import { isTerminal, type OrderStatus } from "../../src/domain/order.ts";
import type { Fill } from "../../src/domain/fill.ts";
import type { RunStatus } from "../../src/run/run-status.ts";
import type { NumberedEntry } from "../../src/operations/journal/read-journal.ts";
import type { VenueTransfer } from "../../src/engine/venue-facts.ts";
import type { Venue, VenueOrderRecord } from "../../src/sandbox/venue.ts";

/** What the venue knows to be true about one symbol, held against what a run believes. Each finding is a sentence; none is the aim. */
export interface Truth {
  readonly symbol: string;
  readonly currency: string;
  readonly orders: readonly VenueOrderRecord[];
  readonly fills: ReadonlyArray<{ readonly tradeId: string; readonly quantity: number; readonly orderId: string }>;
  /** Above zero long, in base units or contracts. */
  readonly position: number;
  readonly balance: number;
  readonly quantityStep: number;
  readonly transfers: readonly VenueTransfer[];
  /** On spot a fee in the bought asset leaves a part of a step at each purchase, which cannot be sold; zero elsewhere. */
  readonly dustMax: number;
}

/** What a journal says at its end. */
export interface Belief {
  readonly intents: ReadonlySet<string>;
  /** The last status of each order. */
  readonly statuses: ReadonlyMap<string, OrderStatus>;
  readonly fills: readonly Fill[];
  /** Texts of the money that moved without a trade. */
  readonly transfers: readonly string[];
}

export function truthOf(venue: Venue, symbol: string, dustMax = dustOf(venue, symbol)): Truth {
  const instrument = venue.instruments.find((one) => one.symbol === symbol);
  if (instrument === undefined) throw new Error(`${symbol} is not traded at the venue`);
  const totalOf = (asset: string): number => venue.balances().find((balance) => balance.asset === asset)?.total ?? 0;
  const { settleAsset, baseAsset, quantityStep } = instrument;
  const net = venue.positions().find((position) => position.symbol === symbol)?.quantity ?? 0;
  return {
    symbol,
    currency: settleAsset,
    orders: venue.orders(symbol),
    fills: venue.fills(symbol),
    position: venue.market === "spot" ? totalOf(baseAsset) : net,
    balance: totalOf(settleAsset),
    quantityStep: Number(quantityStep),
    transfers: venue.transfers(),
    dustMax,
  };
}

/** A part of a step for each purchase on spot. */
function dustOf(venue: Venue, symbol: string): number {
  const purchases = venue.fills(symbol).filter(({ side }) => side === "buy").length;
  return venue.market === "spot" ? purchases * Number(venue.instruments.find((one) => one.symbol === symbol)?.quantityStep) : 0;
}

export function beliefOf(entries: Iterable<NumberedEntry>): Belief {
  const intents = new Set<string>();
  const statuses = new Map<string, OrderStatus>();
  const fills: Fill[] = [];
  const transfers: string[] = [];
  for (const entry of entries) {
    if (entry.kind === "fill") fills.push(entry.fill);
    if (entry.kind === "transfer") transfers.push(`${entry.transfer.kind} ${entry.transfer.id} ${entry.transfer.asset}`);
    if (entry.kind !== "order") continue;
    const { clientOrderId, status } = entry.order;
    if (entry.record === "intent") intents.add(clientOrderId);
    statuses.set(clientOrderId, status);
  }
  return { intents, statuses, fills, transfers };
}

/**
 * Whether every order of the venue has exactly one intent behind it, and every believed order is what the venue says. `allowsDoubt`: the run
 * has ended before the proof could come that an order never arrived, so one may still be in doubt.
 */
export function compareOrders({ orders }: Truth, { intents, statuses }: Belief, { allowsDoubt = false } = {}): string[] {
  const findings: string[] = [];
  const own = orders.filter(({ origin }) => origin === "api");
  const byId = new Map<string, VenueOrderRecord>();
  for (const order of own) {
    const { clientOrderId } = order;
    if (byId.has(clientOrderId)) findings.push(`the venue has two orders for the one intent ${clientOrderId}`);
    byId.set(clientOrderId, order);
    if (!intents.has(clientOrderId)) findings.push(`the venue has order ${clientOrderId}, of which the journal knows no intent`);
  }
  for (const [id, status] of statuses) {
    const there = byId.get(id);
    const isOver = isTerminal(status);
    const isDoubted = status === "pending" || status === "unknown";
    if (there === undefined && (isDoubted ? !allowsDoubt : !isOver || status === "filled"))
      findings.push(`order ${id} is ${status} in the journal and was never at the venue`);
    if (there !== undefined && isTerminal(there.status) !== isOver)
      findings.push(`order ${id} is ${status} in the journal and ${there.status} at the venue`);
    if (there !== undefined && (there.status === "filled") !== (status === "filled"))
      findings.push(`order ${id} is ${status} in the journal, ${there.status} at the venue`);
  }
  return findings;
}

/** Whether each trade of the venue was booked, once, and no other. */
export function compareFills(truth: Truth, { fills }: Belief): string[] {
  const findings: string[] = [];
  const booked = new Map<string, number>();
  for (const { tradeId } of fills) booked.set(tradeId, (booked.get(tradeId) ?? 0) + 1);
  const there = new Set(truth.fills.map(({ tradeId }) => tradeId));
  for (const tradeId of there) if (!booked.has(tradeId)) findings.push(`trade ${tradeId} of the venue is not booked`);
  for (const [tradeId, count] of booked) {
    if (count > 1) findings.push(`trade ${tradeId} is booked ${count} times`);
    if (!there.has(tradeId)) findings.push(`trade ${tradeId} is booked and never happened`);
  }
  return findings;
}

/** Whether all money that moved is explained: by trades, or by what the venue says. */
export function compareTransfers(truth: Truth, { transfers }: Belief): string[] {
  const isKnown = (text: string): boolean => truth.transfers.some(({ id }) => text.includes(id));
  return transfers.filter((text) => !isKnown(text)).map((text) => `money is booked as ${text} that the venue has not moved`);
}

/** Whether position and balance of a run are the venue's. */
export function compareAccount(truth: Truth, { positions, account }: RunStatus): string[] {
  const findings: string[] = [];
  const held = positions.find(({ symbol }) => symbol === truth.symbol)?.quantity ?? 0;
  if (Math.abs(held - truth.position) > truth.dustMax + truth.quantityStep / 2)
    findings.push(`the run holds ${held} and the venue says ${truth.position}`);
  if (Math.abs(account.balance - truth.balance) > 1e-6)
    findings.push(`the run has ${account.balance} ${truth.currency} and the venue says ${truth.balance}`);
  return findings;
}

/** How much of a position no working stop covers, in base units or contracts; below zero where stops would sell more than is held. */
export function unprotected({ position, orders, quantityStep, dustMax }: Truth): number {
  const held = Math.abs(position);
  const stops = orders.filter(({ type, side, status }) => type === "stop" && (side === "sell") === position >= 0 && !isTerminal(status));
  const covered = stops.reduce((sum, { quantity, filledQuantity }) => sum + quantity - filledQuantity, 0);
  if (covered > held + quantityStep / 2) return held - covered;
  return held - covered > dustMax + quantityStep / 2 ? held - covered : 0;
}
