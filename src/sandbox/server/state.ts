import type { Sandbox } from "../default-sandbox.ts";
import type { Venue } from "../venue.ts";

/** What the operator sees: the truth of every market, and what is wrong on purpose. */
export function stateOf({ venues, server, faults }: Sandbox): object {
  return {
    connections: server.operator.connectionCount,
    userStreams: server.operator.userStreamCount,
    faults: { active: faults.active, counts: faults.counts },
    markets: Object.fromEntries(Object.entries(venues).map(([name, venue]) => [name, marketState(venue)])),
  };
}

function marketState(venue: Venue): object {
  return {
    positionMode: venue.positionMode,
    balances: venue.balances(),
    positions: venue.positions().filter(({ quantity }) => quantity !== 0),
    openOrders: venue.openOrders(),
    symbols: venue.instruments.map(({ symbol }) => ({
      symbol,
      status: venue.statusOf(symbol),
      lastPrice: venue.lastPrice(symbol),
      markPrice: venue.markPrice(symbol),
      orders: venue.orders(symbol).length,
      fills: venue.fills(symbol).length,
    })),
  };
}
