import { ExchangeError, NotSupportedError } from "../../../base/errors.ts";
import type { Balance } from "../../../domain/account.ts";
import type { AccountRules, SymbolRules } from "../../../engine/gateway.ts";
import type { VenuePosition } from "../../../engine/venue-facts.ts";
import { fieldsOf, fieldsOfEach, type Fields } from "../../transport/wire-fields.ts";
import type { Endpoints } from "../endpoints.ts";
import type { BinanceClient } from "./client.ts";
import type { BinanceRequest } from "./requests/binance-request.ts";
import { basePath } from "./requests/order-requests.ts";
import { toFuturesBalances, toPosition, toSpotBalances } from "./rest/account.ts";

const MARKET_NAMES = { spot: "spot", linear: "USDⓈ-M futures", inverse: "COIN-M futures" } as const;

/** Answers with which a setting says that it is what it should be. */
const UNCHANGED: ReadonlySet<string> = new Set(["-4046", "-4059"]);

/** Questions and settings of the account itself. */
export class BinanceAccount {
  readonly #client: BinanceClient;
  readonly #endpoints: Endpoints;
  readonly #subaccount: string | undefined;

  constructor(client: BinanceClient, endpoints: Endpoints, subaccount: string | undefined) {
    this.#client = client;
    this.#endpoints = endpoints;
    this.#subaccount = subaccount;
  }

  /** Clock first: nothing else is answered when it is wrong. */
  async rules(): Promise<AccountRules> {
    const { market, wallet, isLive } = this.#endpoints;
    await this.#client.clock.resync();
    const rights = wallet === undefined ? undefined : fieldsOf(await this.#ask("/sapi/v1/account/apiRestrictions"), "the key's rights");
    const name = `Binance ${MARKET_NAMES[market]}${isLive ? "" : " (no real money)"}`;
    const account = this.#subaccount === undefined || this.#subaccount === "" ? "" : `, subaccount ${this.#subaccount}`;
    const common = { canWithdraw: rights?.maybeFlag("enableWithdrawals") ?? false, isAddressBound: rights?.maybeFlag("ipRestrict") };
    if (market === "spot") {
      const state = fieldsOf(await this.#ask("/api/v3/account", { omitZeroBalances: "true" }), "GET /api/v3/account");
      const canTrade = state.flag("canTrade") && (rights?.maybeFlag("enableSpotAndMarginTrading") ?? true);
      const uid = state.maybeText("uid");
      return { ...common, label: `${name}${uid === undefined ? "" : `, account ${uid}`}${account}`, canTrade };
    }
    const [canTrade, isHedge] = market === "linear" ? await this.#linearState() : await this.#inverseState();
    return {
      ...common,
      label: `${name}${account}`,
      canTrade: canTrade && (rights?.maybeFlag("enableFutures") ?? true),
      positionMode: isHedge ? "hedge" : "oneWay",
    };
  }

  async symbolRules(symbol: string): Promise<SymbolRules | undefined> {
    const { market } = this.#endpoints;
    if (market === "spot") return undefined;
    const path = market === "linear" ? "/fapi/v1/symbolConfig" : "/dapi/v1/positionRisk";
    const rows = fieldsOfEach(await this.#ask(path, market === "linear" ? { symbol } : {}), `GET ${path}`);
    const row = rows.find((candidate) => candidate.text("symbol") === symbol);
    if (row === undefined) return undefined;
    return { leverage: row.number("leverage"), marginMode: /^isolated$/i.test(row.text("marginType")) ? "isolated" : "cross" };
  }

  async setLeverage(symbol: string, leverage: number): Promise<void> {
    await this.#set("leverage", { symbol, leverage: String(leverage) });
  }

  async setMarginMode(symbol: string, mode: "isolated" | "cross"): Promise<void> {
    await this.#set("marginType", { symbol, marginType: mode === "isolated" ? "ISOLATED" : "CROSSED" });
  }

  async setPositionMode(mode: "hedge" | "oneWay"): Promise<void> {
    await this.#set("positionSide/dual", { dualSidePosition: mode === "hedge" ? "true" : "false" });
  }

  async balances(): Promise<readonly Balance[]> {
    switch (this.#endpoints.market) {
      case "spot":
        return toSpotBalances(await this.#ask("/api/v3/account", { omitZeroBalances: "true" }));
      case "linear":
        return toFuturesBalances(await this.#ask("/fapi/v3/balance"));
      case "inverse":
        return toFuturesBalances(await this.#ask("/dapi/v1/balance"));
    }
  }

  /** What Binance lists of the symbols; it need not list one that is flat. */
  async positions(symbols: readonly string[]): Promise<readonly VenuePosition[]> {
    const { market } = this.#endpoints;
    const [first] = symbols;
    if (market === "spot" || first === undefined) return [];
    const path = market === "linear" ? "/fapi/v3/positionRisk" : "/dapi/v1/positionRisk";
    const isOne = symbols.length === 1 && market === "linear";
    const rows = fieldsOfEach(await this.#ask(path, isOne ? { symbol: first } : {}), `GET ${path}`);
    return rows.map((row: Fields) => toPosition(row)).filter(({ symbol }) => symbols.includes(symbol));
  }

  /** {"canTrade":true,"dualSidePosition":true,"multiAssetsMargin":false} */
  async #linearState(): Promise<readonly [canTrade: boolean, isHedge: boolean]> {
    const state = fieldsOf(await this.#ask("/fapi/v1/accountConfig"), "GET /fapi/v1/accountConfig");
    return [state.flag("canTrade"), state.flag("dualSidePosition")];
  }

  /** {"canTrade":true,"assets":[…],"positions":[…]} and {"dualSidePosition":true} */
  async #inverseState(): Promise<readonly [canTrade: boolean, isHedge: boolean]> {
    const state = fieldsOf(await this.#ask("/dapi/v1/account"), "GET /dapi/v1/account");
    const mode = fieldsOf(await this.#ask("/dapi/v1/positionSide/dual"), "GET /dapi/v1/positionSide/dual");
    return [state.flag("canTrade"), mode.flag("dualSidePosition")];
  }

  #ask(path: string, parameters: BinanceRequest["parameters"] = {}): Promise<unknown> {
    return this.#client.ask({ method: "GET", path, parameters });
  }

  async #set(setting: string, parameters: BinanceRequest["parameters"]): Promise<void> {
    const { market } = this.#endpoints;
    if (market === "spot") throw new NotSupportedError("Binance spot has neither leverage nor margin and position modes; leave them out");
    try {
      await this.#client.ask({ method: "POST", path: `${basePath(market)}/${setting}`, parameters });
    } catch (error) {
      if (!(error instanceof ExchangeError && UNCHANGED.has(error.exchangeCode))) throw error;
    }
  }
}
