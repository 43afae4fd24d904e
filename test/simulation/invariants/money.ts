import type { PositionSide } from "../../../src/domain/order.ts";
import { decodeLedger } from "../ledger-sum.ts";
import type { Fail, InvariantMaker } from "../invariant.ts";
import type { View } from "../view.ts";

/** Exchanges write money with eight digits. */
const MONEY_TOLERANCE = 1.5e-7;

/** What differs between the process's books and the venue, in words; empty when both agree exactly. */
export function differences(view: View): string[] {
  const status = view.process?.handle?.status();
  if (status === undefined) return ["no process is running"];
  const { venue, quantity } = view.world;
  const found: string[] = [];
  const there = new Map(view.ownOpen().map((order) => [order.clientOrderId, order]));
  for (const order of status.orders) {
    const match = there.get(order.clientOrderId);
    there.delete(order.clientOrderId);
    if (match === undefined) found.push(`order ${order.clientOrderId} is ${order.status} here and not open at the venue`);
    else if (match.filledQuantity !== order.filledQuantity || match.quantity !== order.quantity)
      found.push(
        `order ${order.clientOrderId}: ${order.filledQuantity} of ${order.quantity} here, ${match.filledQuantity} of ${match.quantity} there`,
      );
  }
  for (const order of there.values()) found.push(`order ${order.clientOrderId} is open at the venue and not here`);
  // Where somebody else has traded into the same position and the exchange then takes a part of it, nobody can say whose part that was:
  // then the books show what is there, or it has been told that they do not.
  const isSpot = view.instrument.kind === "spot";
  for (const side of view.sides) {
    const here = quantity.toSteps(Math.abs(heldHere(status.positions, side))) * Math.sign(heldHere(status.positions, side));
    if (isSpot) {
      const base = venue.balances().find(({ asset }) => asset === view.instrument.baseAsset)?.total ?? 0;
      const dust = base - quantity.toNumber(here);
      // Fees taken in what was bought leave crumbs, less than a step for each purchase; a step that has become coarser leaves up to a step.
      const crumbs = Number(view.instrument.quantityStep) * (view.hasNewRules ? 1_000 : 1 + view.ownFills().length);
      if (!view.hasForeign && (dust < -1e-9 || dust > crumbs)) found.push(`${here} steps are held here and ${base} at the venue`);
    } else if (!isSame(here, view, side)) found.push(`position ${side}: ${here} steps here, ${view.ownSteps(side)} at the venue`);
  }
  const { currency, balance } = status.account;
  const total = venue.balances().find(({ asset }) => asset === currency)?.total ?? 0;
  if (Math.abs(total - balance) > MONEY_TOLERANCE) found.push(`${balance} ${currency} in the books, ${total} at the venue`);
  return found;
}

/** Once faults have stopped, orders, fills, positions and balances equal the venue's within this time, and stay so. */
const AGREEMENT_MS = 120_000;
/** What the trades of somebody else make of a profit is believed when it has shown three times in a row, half a minute apart. */
const AGREEMENT_WITH_OTHERS_MS = 220_000;

export const sidesAgree: InvariantMaker = (view, fail) => {
  let calmSince = NaN;
  let agreedAt = NaN;
  let last: readonly string[] = [];
  return {
    onStep() {
      if (!view.isCalm || view.isPaper) return;
      if (Number.isNaN(calmSince)) calmSince = view.now;
      last = differences(view);
      if (last.length === 0) agreedAt = view.now;
      const allowedMs = view.hasForeign ? AGREEMENT_WITH_OTHERS_MS : AGREEMENT_MS;
      if (last.length > 0 && view.now - Math.max(calmSince, Number.isNaN(agreedAt) ? calmSince : agreedAt) > allowedMs)
        fail(`after ${allowedMs / 1_000} s without faults: ${last.slice(0, 5).join("; ")}`);
    },
  };
};

/** Every execution is booked once, with its price, quantity and fee; so is every funding payment and transfer. */
export const everythingOnce: InvariantMaker = (view, fail) => {
  let hasBegun = false;
  return {
    onVenue(event) {
      if (event.kind === "fill" && event.order?.origin === "external") view.foreignFills.add(event.fill.tradeId);
    },
    onRecord(entry) {
      if (view.isPaper) return;
      if (entry.kind === "fill") {
        const { fill } = entry;
        if (view.journal.fills.has(`${fill.symbol}:${fill.tradeId}`)) fail(`trade ${fill.tradeId} is booked twice`);
        const truth = view.world.venue.fills(view.symbol).find(({ tradeId }) => tradeId === fill.tradeId);
        if (truth === undefined) return fail(`trade ${fill.tradeId} is booked and unknown to the venue`);
        for (const name of ["price", "quantity", "fee", "feeAsset", "side"] as const)
          if (truth[name] !== fill[name])
            fail(`trade ${fill.tradeId}: ${name} is ${fill[name]} in the books and ${truth[name]} at the venue`);
      }
      if (entry.kind === "transfer") {
        const { kind, id, asset } = entry.transfer;
        const same = view.journal.transfers.filter((one) => one.kind === kind && one.id === id && one.asset === asset);
        if (same.length > 1) fail(`${kind} ${id} of ${asset} is booked twice`);
      }
      if (entry.kind === "state" && entry.name === "header" && !hasBegun) {
        hasBegun = true;
        view.begunAt = view.now;
      }
    },
    onEnd() {
      if (!view.isPaper) checkBooked(view, fail);
    },
  };
};

/** Money that moved while the first of all runs looked at the account is of nobody: it is in the capital or comes as a difference. */
const OPENING_MS = 60_000;

function checkBooked(view: View, fail: Fail): void {
  const { venue } = view.world;
  // A forced closing may have been somebody else's part of the position.
  for (const { symbol, tradeId, cause, time, side, quantity, clientOrderId } of view.ownFills())
    if (!view.journal.fills.has(`${symbol}:${tradeId}`) && (cause === "order" || !view.hasForeign))
      fail(`trade ${tradeId} (${cause} ${clientOrderId}: ${side} ${quantity} at ${new Date(time).toISOString()}) was never booked`);
  const booked = view.journal.transfers.map(({ kind, amount }) => `${kind} ${amount.toFixed(8)}`);
  const there = venue.transfers().filter(({ kind }) => kind !== "other");
  const since = there.filter(({ time }) => time > view.begunAt + OPENING_MS);
  for (const { kind, amount, id } of since) {
    const words = `${kind} ${amount.toFixed(8)}`;
    // Spot has no history of deposits: one that the stream has missed comes as a difference of the balance, which I3 looks at.
    if (view.instrument.kind === "spot") continue;
    const count = booked.filter((one) => one === words).length;
    const most = there.filter((one) => `${one.kind} ${one.amount.toFixed(8)}` === words).length;
    const least = since.filter((one) => `${one.kind} ${one.amount.toFixed(8)}` === words).length;
    if (count < least || count > most) fail(`${kind} ${id} of ${amount} was booked ${count} times`);
  }
}

/** Books in double entry sum to zero, always. */
export const ledgerSumsToZero: InvariantMaker = (_view, fail) => ({
  onRecord(entry) {
    if (entry.kind !== "state" || entry.name !== "portfolio") return;
    for (const [asset, total] of decodeLedger(entry.value)) if (total !== 0n) fail(`the books of ${asset} sum to ${total}`);
  },
});

/** A step ten times as long may hide nine of the short ones. */
const COARSE_STEPS = 10;

function isSame(here: number, view: View, side: PositionSide): boolean {
  const own = view.ownSteps(side);
  if (here === own || (view.hasNewRules && Math.abs(here - own) < COARSE_STEPS)) return true;
  if (!view.hasForeign) return false;
  const there = view.world.venue.positions().find((position) => position.side === side)?.quantity ?? 0;
  return view.isDriftTold || here === view.world.quantity.toSteps(Math.abs(there)) * Math.sign(there);
}

function heldHere(positions: readonly { readonly side: string; readonly quantity: number }[], side: string): number {
  return positions.find((position) => position.side === side)?.quantity ?? 0;
}
