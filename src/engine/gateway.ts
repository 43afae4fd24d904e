import type { Balance } from "../domain/account.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { OrderRequest, OrderType } from "../domain/order.ts";
import type { ExchangeCapabilities, OrderAmendment } from "./exchange.ts";
import type { RejectClass, VenueFill, VenueOrder, VenuePosition, VenueTransfer } from "./venue-facts.ts";

/** What is proven about a request. Everything that is not proof is `unknown`: the order keeps its exposure and is queried. */
export type Outcome =
  | { readonly kind: "acknowledged"; readonly orderId: string; readonly order?: VenueOrder; readonly fills?: readonly VenueFill[] }
  | { readonly kind: "rejected"; readonly rejectClass: RejectClass; readonly code: string; readonly reason: string }
  | { readonly kind: "unknown"; readonly reason: string };

/** The answer to a question about one order. `absent` means that the exchange answered that it does not know it, which proves nothing by itself. */
export type Lookup =
  | { readonly kind: "found"; readonly order: VenueOrder }
  | { readonly kind: "absent"; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };

/** What the account says of itself before trading begins. */
export interface AccountRules {
  /** How the account is called in the confirmation before a live run; never a secret. */
  readonly label: string;
  readonly canTrade: boolean;
  /** A key that can move money out is refused. */
  readonly canWithdraw: boolean;
  /** Whether the key is bound to addresses; undefined where the exchange does not say. */
  readonly isAddressBound?: boolean | undefined;
  /** Undefined on spot. */
  readonly positionMode?: "hedge" | "oneWay" | undefined;
}

/** What a symbol's position is set to. */
export interface SymbolRules {
  readonly leverage: number;
  readonly marginMode: "isolated" | "cross";
}

/** Names one order in a request; `orderId` is empty while the exchange has not told it. `type` says in which book the exchange keeps it. */
export interface OrderReference {
  readonly clientOrderId: string;
  readonly orderId: string;
  readonly symbol: string;
  readonly type: OrderType;
}

/** Where an exchange reports what it was not asked for. Facts may come twice and in any order; whoever listens sorts them out. */
export interface GatewayListener {
  onOrder(order: VenueOrder): void;
  /** `order` is the order's state after the fill, where the same message says it. */
  onFill(fill: VenueFill, order?: VenueOrder): void;
  onBalances(balances: readonly Balance[], time: number): void;
  onPosition(position: VenuePosition, time: number): void;
  onTransfer(transfer: VenueTransfer): void;
  /** The private stream is up, or down. What happened between the two is to be asked for. */
  onStream(isConnected: boolean, reason: string): void;
}

/** When a request that got no answer can no longer arrive, and how long the exchange remembers. */
export interface ArrivalRule {
  /** After sending, milliseconds: receive window, clock error, the engine's own time-out and a margin. */
  readonly boundMs: number;
  /** How long an order that was cancelled without a fill can be asked for, milliseconds. */
  readonly memoryMs: number;
}

/**
 * One account at one exchange, as the order path needs it: it signs, sends and translates, and decides nothing. No call is ever repeated
 * inside; what is not answered is `unknown` or rejected with a `MetaExpertError`.
 */
export interface Gateway extends AsyncDisposable {
  readonly name: string;
  readonly capabilities: ExchangeCapabilities;
  readonly arrival: ArrivalRule;

  /** The exchange's clock as well as it is known, milliseconds. */
  now(): number;
  /** Starts the private stream; reconnects by itself until disposed of. */
  connect(listener: GatewayListener): void;
  /** The private stream is open and useless: it is dropped and a new one made. Absent where nothing can be done about it. */
  reconnect?(reason: string): void;
  /** Checks clock, key and account before anything is traded. */
  accountRules(): Promise<AccountRules>;
  symbolRules(symbol: string): Promise<SymbolRules | undefined>;
  setLeverage(symbol: string, leverage: number): Promise<void>;
  setMarginMode(symbol: string, mode: "isolated" | "cross"): Promise<void>;
  setPositionMode(mode: "hedge" | "oneWay"): Promise<void>;

  submit(request: OrderRequest): Promise<Outcome>;
  /** Orders of which the first to fill cancels the others, sent as one where the exchange can; one outcome each, in order. */
  submitGroup(requests: readonly OrderRequest[]): Promise<readonly Outcome[]>;
  amend(order: OrderReference, amendment: OrderAmendment, request: OrderRequest): Promise<Outcome>;
  /** Acknowledged: the exchange has taken the order out, or will and tells so on the stream. */
  cancel(order: OrderReference): Promise<Outcome>;

  /** Each of these asks the exchange itself and fails with a `MetaExpertError`; an empty answer is an answer. */
  findOrder(order: OrderReference): Promise<Lookup>;
  openOrders(symbol: string): Promise<readonly VenueOrder[]>;
  /** All executions since a moment (included), oldest first, every page of them. */
  fillsSince(symbol: string, time: number): Promise<readonly VenueFill[]>;
  positions(symbols: readonly string[]): Promise<readonly VenuePosition[]>;
  balances(): Promise<readonly Balance[]>;
  /** All movements of money without a trade since a moment (included), oldest first; empty where the exchange keeps no history of them. */
  transfersSince(time: number): Promise<readonly VenueTransfer[]>;
}

/** Where market data of one exchange comes from, in the form that a run needs. */
export interface InstrumentSource {
  /** The rules of symbols; a `ConfigurationError` names those that are not listed, with what is similar. */
  instruments(symbols: readonly string[]): Promise<readonly Instrument[]>;
}
