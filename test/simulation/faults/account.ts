import type { VenueStatus } from "../../../src/sandbox/venue.ts";
import { between, pick, type Kind } from "./kind.ts";

/** Futures have them, spot has not. */
const FUTURES = ["linear", "inverse"] as const;

/** What happens at the exchange and nobody has asked for. */
export const ACCOUNT_KINDS = {
  /** The position is taken away (F50, F51). */
  liquidations: { markets: FUTURES, needsAccount: true, strike: ({ market, view }) => market({ act: "liquidate", symbol: view.symbol }) },
  deleveraging: {
    markets: FUTURES,
    needsAccount: true,
    strike: ({ market, view, random }) => market({ act: "deleverage", symbol: view.symbol, share: between(random, 0.1, 1) }),
  },
  /** Funding is paid at any time (F52). */
  funding: {
    markets: FUTURES,
    needsAccount: true,
    strike: ({ market, view, random }) => market({ act: "fund", symbol: view.symbol, rate: between(random, -0.002, 0.002) }),
  },
  /** The account's owner moves money (F58). */
  transfers: {
    needsAccount: true,
    strike: ({ market, view, random }) => {
      const size = view.instrument.settleAsset === "BTC" ? 0.01 : 500;
      market({ act: "transfer", asset: view.instrument.settleAsset, amount: Math.round(between(random, -size, size) * 1e6) / 1e6 });
    },
  },
  /** The account's owner trades by hand (F35, F36, F102). */
  externalOrders: {
    needsAccount: true,
    strike: ({ market, view, random }) => {
      const step = Number(view.world.openingInstrument.quantityStep);
      const units = view.instrument.kind === "spot" ? 100 : view.instrument.settleAsset === "BTC" ? 1 : 5;
      const side = view.instrument.kind === "spot" ? "buy" : pick(random, ["buy", "sell"] as const);
      const isHedge = view.sides.length > 1;
      market({
        act: "externalOrder",
        request: {
          symbol: view.symbol,
          side,
          type: "market",
          quantity: units * step,
          ...(isHedge ? { positionSide: side === "buy" ? "long" : "short" } : {}),
        },
      });
    },
  },
  /** The venue cancels an order, or fills a part of it (F14, F44, F47). */
  venueCancels: {
    needsAccount: true,
    strike: ({ market, view, random }) => {
      const open = view.ownOpen();
      if (open.length > 0) market({ act: "cancel", order: { orderId: pick(random, open).orderId }, reason: "cancelled by the exchange" });
    },
  },
  partialFills: {
    needsAccount: true,
    strike: ({ market, view, random }) => {
      const open = view.ownOpen().filter(({ isWaiting }) => !isWaiting);
      if (open.length > 0) market({ act: "fill", order: { orderId: pick(random, open).orderId }, share: between(random, 0.1, 0.9) });
    },
  },
  /** The market jumps (F46, F71). */
  jumps: {
    strike: ({ market, view, random }) =>
      market({ act: "movePrice", symbol: view.symbol, price: view.world.venue.lastPrice(view.symbol) * between(random, 0.97, 1.03) }),
  },
  /** The symbol is halted, or only cancels are taken (F47, F72). */
  halts: {
    strike: ({ market, view, random, until }) => {
      const status: VenueStatus = random.next() < 0.5 ? "halted" : "cancelOnly";
      market({ act: "status", symbol: view.symbol, status });
      until(between(random, 5_000, 60_000), () => market({ act: "status", symbol: view.symbol, status: "trading" }));
    },
  },
  /**
   * The symbol's rules become coarser while everything runs (F19). Only while nothing is open: orders of a finer step that fill later have no
   * place in books that were begun anew with the coarser one.
   */
  newRules: {
    needsAccount: true,
    strike: ({ market, view, random, until }) => {
      const { quantityStep } = view.world.openingInstrument;
      // A process that is just starting would take the coarser step for its own.
      if (view.process?.handle === undefined || view.process.isOver) return;
      if (view.ownOpen().length > 0 || view.sides.some((side) => view.ownSteps(side) !== 0)) return;
      view.hasNewRules = true;
      market({ act: "instrument", symbol: view.symbol, change: { quantityStep: tenfold(quantityStep) } });
      until(between(random, 20_000, 120_000), () => market({ act: "instrument", symbol: view.symbol, change: { quantityStep } }));
    },
  },
  /** Finished orders without a fill are forgotten (F39). */
  forgetting: {
    needsAccount: true,
    strike: ({ market, random }) => market({ act: "forget", olderThanMs: random.integer(60_000, 600_000) }),
  },
} satisfies Record<string, Kind>;

function tenfold(step: string): string {
  return String(Number((Number(step) * 10).toPrecision(6)));
}
