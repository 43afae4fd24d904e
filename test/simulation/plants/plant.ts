import type { Gateway, GatewayListener } from "../../../src/engine/gateway.ts";
import type { FaultMix } from "../fault-mix.ts";
import type { Wiring } from "../wiring.ts";

/** A mistake put into the product on purpose, to see that the simulation finds it. */
export interface Plant {
  /** What the product does wrong, as a sentence. */
  readonly name: string;
  /** One or more of these rules have to find it. */
  readonly caughtBy: readonly string[];
  readonly wiring?: () => Wiring;
  /** Changes classes of the product in place; returns how to undo it. */
  readonly patch?: () => () => void;
  /** The weather in which the mistake shows. */
  readonly mix?: Partial<FaultMix>;
  readonly withReplay?: boolean;
}

/** A gateway with some of its calls changed. */
export function over(gateway: Gateway, changes: Partial<Gateway>): Gateway {
  return {
    name: gateway.name,
    capabilities: gateway.capabilities,
    arrival: gateway.arrival,
    now: () => gateway.now(),
    connect: (listener) => gateway.connect(listener),
    accountRules: () => gateway.accountRules(),
    symbolRules: (symbol) => gateway.symbolRules(symbol),
    setLeverage: (symbol, leverage) => gateway.setLeverage(symbol, leverage),
    setMarginMode: (symbol, mode) => gateway.setMarginMode(symbol, mode),
    setPositionMode: (mode) => gateway.setPositionMode(mode),
    submit: (request) => gateway.submit(request),
    submitGroup: (requests) => gateway.submitGroup(requests),
    amend: (order, amendment, request) => gateway.amend(order, amendment, request),
    cancel: (order) => gateway.cancel(order),
    findOrder: (order) => gateway.findOrder(order),
    openOrders: (symbol) => gateway.openOrders(symbol),
    fillsSince: (symbol, time) => gateway.fillsSince(symbol, time),
    positions: (symbols) => gateway.positions(symbols),
    balances: () => gateway.balances(),
    transfersSince: (time) => gateway.transfersSince(time),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
    ...changes,
  };
}

/** A listener that hears some things otherwise. */
export function hearing(listener: GatewayListener, changes: Partial<GatewayListener>): GatewayListener {
  return {
    onOrder: (order) => listener.onOrder(order),
    onFill: (fill, order) => listener.onFill(fill, order),
    onBalances: (balances, time) => listener.onBalances(balances, time),
    onPosition: (position, time) => listener.onPosition(position, time),
    onTransfer: (transfer) => listener.onTransfer(transfer),
    onStream: (isConnected, reason) => listener.onStream(isConnected, reason),
    ...changes,
  };
}

/** Puts another function in a method's place; returns how to put the old one back. `old` is bound to the object it is called on. */
export function replace<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  make: (old: Owner[Name]) => Owner[Name],
): () => void {
  const old = owner[name];
  owner[name] = make(old);
  return () => {
    owner[name] = old;
  };
}
