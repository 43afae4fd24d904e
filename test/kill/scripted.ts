import type { Order } from "../../src/domain/order.ts";
import { defineExpert, type ExpertDefinition } from "../../src/expert/define.ts";
import type { Expert } from "../../src/expert/expert.ts";
import type { Venue, VenueOrderRecord } from "../../src/sandbox/venue.ts";
import type { World } from "../simulation/world.ts";

/** The stage after the last one: a position is held, with its stop and target. */
export const LAST_STAGE = 9;
const STOP_PCT = 2;
/** Of one entry, which is all that may ever be held. */
export const QUANTITY = 0.02;
/** Of the order that is taken back without a fill. */
export const FAR_QUANTITY = 0.01;

/** How far the expert has come, for whoever watches it. */
export interface Notes {
  stage: number;
}

/**
 * An expert that goes through everything an order can go through, one stage after the other, and that looks before it acts: an entry
 * only without a position and without an order. Whatever happens, it holds one entry's quantity at most.
 */
export function scriptedExpert(symbol: string, notes: Notes = { stage: 0 }): ExpertDefinition {
  return defineExpert(
    { name: "Scripted", symbol, timeframe: "1m", risk: { stopLossPct: STOP_PCT, takeProfitPct: 3, duplicateWindowMs: 0 } },
    (expert) => {
      const memory = expert.memory({ stage: 0 });
      expert.onTimer(2, () => {
        if (STAGES[memory.stage]?.(expert) === true) memory.stage += 1;
        notes.stage = memory.stage;
      });
    },
  );
}

/** Each stage acts once it can and says whether it is through. */
const STAGES: ReadonlyArray<(expert: Expert) => boolean> = [
  (expert) => enter(expert, { price: expert.price() * 0.9995 }),
  // The first part of the entry has filled: its price is changed.
  (expert) => {
    const entry = entryOf(expert);
    if (entry === undefined) return !expert.position.isFlat || isIdle(expert);
    return entry.status === "partiallyFilled" && expert.amend(entry.clientOrderId, { price: expert.price() * 0.999 }).accepted;
  },
  (expert) => entryOf(expert) === undefined,
  // The stop is moved up, or the position has gone.
  (expert) => {
    const stop = stopOf(expert);
    if (expert.position.isFlat) return true;
    return stop?.status === "open" && expert.amend(stop.clientOrderId, { triggerPrice: expert.price() * 0.985 }).accepted;
  },
  (expert) => stopOf(expert)?.status === "open" || expert.position.isFlat,
  // Something to take back that never fills.
  (expert) => expert.buy({ price: expert.price() * 0.96, quantity: FAR_QUANTITY, tag: "far" }).accepted,
  (expert) => expert.cancelAll() > 0 || farOf(expert) === undefined,
  (expert) => {
    if (!expert.position.isFlat) expert.closePosition();
    return expert.position.isFlat && isIdle(expert);
  },
  (expert) => enter(expert, {}),
  // Held to the end, and anew where the stop was hit.
  (expert) => enter(expert, {}) && false,
];

function enter(expert: Expert, options: { readonly price?: number }): boolean {
  if (!expert.position.isFlat) return true;
  return isIdle(expert) && Number.isFinite(expert.price()) && expert.buy({ ...options, quantity: QUANTITY }).accepted;
}

function isIdle(expert: Expert): boolean {
  return expert.orders.length === 0;
}

function entryOf(expert: Expert): Order | undefined {
  return expert.orders.find((order) => order.purpose === "entry" && order.tag !== "far");
}

function farOf(expert: Expert): Order | undefined {
  return expert.orders.find((order) => order.tag === "far");
}

function stopOf(expert: Expert): Order | undefined {
  return expert.orders.find((order) => order.purpose === "stopLoss");
}

const EVERY_MS = 1_000;

/** The market's part of the script: fills a limit entry in two parts, and funds once. It goes on while no process runs. */
export class Director {
  readonly #world: World;
  #hasFunded = false;

  constructor(world: World) {
    this.#world = world;
  }

  /** Looks around once a second from now on. */
  start(): void {
    const { venue, scheduler } = this.#world;
    for (const order of venue.openOrders()) this.#fill(order);
    const hasPosition = venue.positions().some(({ quantity }) => quantity !== 0);
    if (!this.#hasFunded && hasPosition) {
      this.#hasFunded = true;
      venue.operator.fund(this.#world.symbol, 0.0001);
    }
    scheduler.after(EVERY_MS, () => this.start());
  }

  #fill(order: VenueOrderRecord): void {
    const { type, side, quantity, filledQuantity, createdAt } = order;
    const { venue, scheduler } = this.#world;
    if (type !== "limit" || side !== "buy" || quantity === FAR_QUANTITY) return;
    const age = scheduler.now() - createdAt;
    const share = filledQuantity === 0 && age >= 3_000 ? 0.4 : filledQuantity > 0 && age >= 9_000 ? 1 : 0;
    fillShare(venue, order, share);
  }
}

/** Executes a part of what is left of an order. */
export function fillShare({ operator }: Venue, { clientOrderId }: VenueOrderRecord, share: number): void {
  // This `fill` is no array's.
  const execute = operator.fill.bind(operator);
  execute({ clientOrderId }, share);
}
