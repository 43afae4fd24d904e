import type { VenueFill } from "../../../engine/venue-facts.ts";
import { fieldsOfEach } from "../../transport/wire-fields.ts";
import type { BinanceClient } from "./client.ts";
import type { OrderNames } from "./order-names.ts";
import { futuresPrefix, type FuturesMarket } from "./requests/futures-orders.ts";

/** Largest page of `forceOrders`. */
const PAGE_SIZE = 100;
const PAGES_MAX = 20;
/** An order of the exchange may be listed a little after its execution. */
const SETTLED_MS = 60_000;
/** Orders that are known not to be forced. */
const PROVEN_MAX = 20_000;

/**
 * Tells which executions of the history nobody has ordered. `userTrades` names no client id, so a liquidation that the private stream has
 * missed looks like an order of somebody else; `GET /fapi/v1/forceOrders` lists those of the exchange itself, with the names that say why
 * (developers.binance.com, usds-margined-futures, "User's Force Orders"): {"orderId":6072734303,"symbol":"BTCUSDT","status":"FILLED",
 * "clientOrderId":"adl_autoclose","price":"11023.14","avgPrice":"10979.82000","origQty":"0.001",…,"time":1596110725059}
 */
export class ForcedOrders {
  readonly #client: BinanceClient;
  readonly #market: FuturesMarket;
  readonly #names: OrderNames;
  readonly #proven = new Set<string>();

  constructor(client: BinanceClient, market: FuturesMarket, names: OrderNames) {
    this.#client = client;
    this.#market = market;
    this.#names = names;
  }

  /** The executions of a symbol with the names of forced ones; asks only when one of them has none. */
  async name(symbol: string, fills: readonly VenueFill[]): Promise<readonly VenueFill[]> {
    const named = fills.map((fill) => this.#names.nameFill(fill));
    const nameless = named.filter((fill) => fill.clientOrderId === "" && !this.#proven.has(keyOf(fill)));
    if (nameless.length === 0) return named;
    await this.#learn(symbol, Math.min(...nameless.map(({ time }) => time)));
    const now = this.#client.clock.now();
    const result = named.map((fill) => this.#names.nameFill(fill));
    for (const fill of result) if (fill.clientOrderId === "" && fill.time < now - SETTLED_MS) this.#proven.add(keyOf(fill));
    for (const key of this.#proven) {
      if (this.#proven.size <= PROVEN_MAX) break;
      this.#proven.delete(key);
    }
    return result;
  }

  async #learn(symbol: string, since: number): Promise<void> {
    const path = `${futuresPrefix(this.#market)}/v1/forceOrders`;
    let start = Math.floor(since) - SETTLED_MS;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const parameters = { symbol, startTime: String(start), limit: String(PAGE_SIZE) };
      // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended
      const rows = fieldsOfEach(await this.#client.ask({ method: "GET", path, parameters }, { priority: "background" }), `GET ${path}`);
      for (const row of rows) {
        this.#names.rememberForced({ symbol, orderId: row.text("orderId"), clientOrderId: row.text("clientOrderId") });
        start = Math.max(start, row.number("time"));
      }
      if (rows.length < PAGE_SIZE) return;
    }
  }
}

function keyOf({ symbol, orderId }: VenueFill): string {
  return `${symbol} ${orderId}`;
}
