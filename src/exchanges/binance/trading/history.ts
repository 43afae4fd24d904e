import { DataError } from "../../../base/errors.ts";
import type { VenueFill, VenueTransfer } from "../../../engine/venue-facts.ts";
import { fieldsOfEach, type Fields } from "../../transport/wire-fields.ts";
import type { BinanceMarket } from "../endpoints.ts";
import type { BinanceClient } from "./client.ts";
import { ForcedOrders } from "./forced-orders.ts";
import type { OrderNames } from "./order-names.ts";
import type { BinanceRequest } from "./requests/binance-request.ts";
import { basePath } from "./requests/order-requests.ts";
import { toFuturesFill, toSpotFill, toTransfer } from "./rest/account.ts";

const DAY_MS = 86_400_000;
/** Longest span between start and end of a question for executions: 24 hours on spot, 7 days on futures. */
const FILLS_WINDOW_MS = { spot: DAY_MS, linear: 7 * DAY_MS, inverse: 7 * DAY_MS } as const;
const INCOME_WINDOW_MS = 7 * DAY_MS;
const PAGE_SIZE = 1000;

/** Executions and movements of money of the past, every page of them. */
export class History {
  readonly #client: BinanceClient;
  readonly #market: BinanceMarket;
  readonly #names: OrderNames;
  /** Undefined on spot, where nothing is forced. */
  readonly #forced: ForcedOrders | undefined;

  constructor(client: BinanceClient, market: BinanceMarket, names: OrderNames) {
    this.#client = client;
    this.#market = market;
    this.#names = names;
    this.#forced = market === "spot" ? undefined : new ForcedOrders(client, market, names);
  }

  /**
   * All executions since a moment, oldest first. Windows of time find the first one; from there ids, which count up per symbol, lead from
   * page to page, so that neither a page's end within one millisecond nor its size loses or doubles any.
   */
  async fillsSince(symbol: string, time: number): Promise<readonly VenueFill[]> {
    const rows = await this.#firstRows(symbol, time);
    const fills = new Map<string, VenueFill>();
    let page = rows;
    let reached = "0";
    for (;;) {
      for (const row of page) {
        const fill = this.#market === "spot" ? toSpotFill(row) : toFuturesFill(row);
        if (fill.time >= time) fills.set(fill.tradeId, fill);
      }
      const last = highestId(page);
      // A page that leads nowhere ends the walk, as a short one does.
      if (page.length < PAGE_SIZE || compareIds(last, reached) <= 0) break;
      reached = last;
      // oxlint-disable-next-line no-await-in-loop -- each page begins where the one before ended
      page = await this.#page(this.#fillsPath, { symbol, fromId: idAfter(last), limit: String(PAGE_SIZE) });
    }
    const sorted = [...fills.values()].toSorted((left, right) => left.time - right.time || compareIds(left.tradeId, right.tradeId));
    return this.#forced?.name(symbol, sorted) ?? sorted.map((fill) => this.#names.nameFill(fill));
  }

  /** All movements since a moment, oldest first; spot has no history of them here, its balances say what is there. */
  async transfersSince(time: number): Promise<readonly VenueTransfer[]> {
    if (this.#market === "spot") return [];
    const transfers = new Map<string, VenueTransfer>();
    const now = this.#client.clock.now();
    for (let start = Math.floor(time); start <= now; start += INCOME_WINDOW_MS) {
      for (let number = 1; ; number += 1) {
        const parameters = {
          startTime: String(start),
          endTime: String(start + INCOME_WINDOW_MS - 1),
          page: String(number),
          limit: String(PAGE_SIZE),
        };
        // oxlint-disable-next-line no-await-in-loop -- only a full page has another one behind it
        const rows = await this.#page(`${basePath(this.#market)}/income`, parameters);
        for (const row of rows) {
          const transfer = toTransfer(row);
          if (transfer !== undefined && transfer.time >= time) transfers.set(`${transfer.id} ${transfer.symbol ?? ""}`, transfer);
        }
        if (rows.length < PAGE_SIZE) break;
      }
    }
    return [...transfers.values()].toSorted((left, right) => left.time - right.time);
  }

  get #fillsPath(): string {
    return `${basePath(this.#market)}/${this.#market === "spot" ? "myTrades" : "userTrades"}`;
  }

  /** The first window that holds anything. */
  async #firstRows(symbol: string, time: number): Promise<readonly Fields[]> {
    const windowMs = FILLS_WINDOW_MS[this.#market];
    const now = this.#client.clock.now();
    for (let start = Math.floor(time); start <= now; start += windowMs) {
      const parameters = { symbol, startTime: String(start), endTime: String(start + windowMs - 1), limit: String(PAGE_SIZE) };
      // oxlint-disable-next-line no-await-in-loop -- the first that holds anything ends the search
      const rows = await this.#page(this.#fillsPath, parameters);
      if (rows.length > 0) return this.#following(symbol, rows);
    }
    return [];
  }

  /** A short page of a window may end with the window rather than with the executions, so the next page is asked for by id as well. */
  async #following(symbol: string, rows: readonly Fields[]): Promise<readonly Fields[]> {
    if (rows.length >= PAGE_SIZE) return rows;
    const rest = await this.#page(this.#fillsPath, { symbol, fromId: idAfter(highestId(rows)), limit: String(PAGE_SIZE) });
    return [...rows, ...rest];
  }

  async #page(path: string, parameters: BinanceRequest["parameters"]): Promise<readonly Fields[]> {
    return fieldsOfEach(await this.#client.ask({ method: "GET", path, parameters }, { priority: "background" }), `GET ${path}`);
  }
}

function highestId(rows: readonly Fields[]): string {
  return rows.map((row) => row.text("id")).reduce((one, other) => (compareIds(one, other) >= 0 ? one : other), "0");
}

function idAfter(id: string): string {
  if (!/^\d{1,40}$/.test(id)) throw new DataError("Binance names an execution by something that is not a number");
  return String(BigInt(id) + 1n);
}

/** Ids are whole numbers of any length. */
function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
