import { AuthenticationError, ConfigurationError } from "../base/errors.ts";
import type { Logger } from "../base/logger.ts";
import type { Balance } from "../domain/account.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { Gateway } from "../engine/gateway.ts";
import type { ExpertDefinition } from "../expert/define.ts";
import type { ResolvedRunOptions } from "../expert/resolved.ts";
import { limitLines } from "./limit-lines.ts";
import type { RunSummary } from "./run-status.ts";
import type { TradingPlace } from "./trading-place.ts";

/** An account at an exchange that a run may trade with: checked, set up and agreed to. */
export interface PreparedAccount {
  readonly gateway: Gateway;
  /** Money in the settle asset. */
  readonly capital: number;
  /** What the exchange calls the account; on some markets it does not tell two of them apart. */
  readonly label: string;
}

export interface AccountJob {
  readonly definition: ExpertDefinition;
  readonly run: ResolvedRunOptions;
  readonly place: TradingPlace;
  readonly instruments: readonly Instrument[];
  readonly isSandbox: boolean;
  readonly log: Logger;
  /** The account that the state which is gone on with belongs to, where there is one. */
  readonly earlierAccount: string | undefined;
  /** An earlier run has left its state. */
  readonly isContinued?: boolean;
  readonly confirm?: (summary: RunSummary) => Promise<boolean>;
}

/** Looks at the key and the account, asks the user, then sets leverage and modes. Nothing is changed before the user has agreed. */
export async function prepareAccount(job: AccountJob): Promise<PreparedAccount> {
  const { place, instruments, run, log } = job;
  const gateway = place.openGateway(instruments);
  try {
    const rules = await gateway.accountRules();
    checkAccount(job, rules.label);
    if (!rules.canTrade)
      throw new AuthenticationError(`the key may not trade on ${gateway.name}: give it the right to trade ${run.market}`);
    if (rules.canWithdraw) {
      throw new AuthenticationError(
        `the key may withdraw money, which trading never needs: make one at ${gateway.name} without that right and use it`,
      );
    }
    if (rules.isAddressBound === false) log.warn("the key works from every address; bind it to this machine's address at the exchange");
    const [balances, positions, orders] = await lookAround(gateway, run);
    const [first] = instruments;
    const asset = first?.settleAsset ?? "";
    const capital = balances.find((balance) => balance.asset === asset)?.total ?? 0;
    // A run that goes on may have put everything into what it holds, and that has to be watched over.
    if (!(capital > 0) && job.isContinued !== true)
      throw new ConfigurationError(`the account holds no ${asset}: bring some to the ${run.market} account before a live run`);
    const summary = summaryOf(job, { label: rules.label, asset, capital, openOrders: orders, openPositions: positions });
    if (job.confirm !== undefined && !(await job.confirm(summary)))
      throw new ConfigurationError("the run was not agreed to; nothing was sent");
    if (run.market !== "spot") await setUp(gateway, run, { mode: rules.positionMode, hasPositions: positions > 0, hasOrders: orders > 0 });
    return { gateway, capital, label: rules.label };
  } catch (error) {
    await gateway[Symbol.asyncDispose]();
    throw error;
  }
}

/** What one account holds is not another's: orders and positions of its state would be looked for, and sold, in the wrong place. */
function checkAccount({ earlierAccount, run }: AccountJob, label: string): void {
  if (earlierAccount === undefined || earlierAccount === label) return;
  throw new ConfigurationError(
    `the last run of ${run.strategyId} traded with ${earlierAccount}, and this key belongs to ${label}: ` +
      "use a key of that account, or give this run a strategyId of its own",
  );
}

async function lookAround(gateway: Gateway, run: ResolvedRunOptions): Promise<[readonly Balance[], number, number]> {
  const balances = await gateway.balances();
  const positions = run.market === "spot" ? [] : await gateway.positions(run.symbols);
  let orders = 0;
  for (const symbol of run.symbols) orders += (await gateway.openOrders(symbol)).length;
  return [balances, positions.filter(({ quantity }) => quantity !== 0).length, orders];
}

/** Position mode, margin mode and leverage as the run wants them. A mode is never switched under an open position. */
async function setUp(
  gateway: Gateway,
  run: ResolvedRunOptions,
  {
    mode,
    hasPositions,
    hasOrders,
  }: { readonly mode: "hedge" | "oneWay" | undefined; readonly hasPositions: boolean; readonly hasOrders: boolean },
): Promise<void> {
  if (mode !== undefined && mode !== run.positionMode) {
    if (hasPositions || hasOrders) {
      throw new ConfigurationError(
        `the account is in position mode ${mode} and the run wants ${run.positionMode}: close positions and orders first, or set positionMode: "${mode}"`,
      );
    }
    await gateway.setPositionMode(run.positionMode);
  }
  for (const symbol of run.symbols) {
    const rules = await gateway.symbolRules(symbol);
    if (rules?.marginMode !== run.marginMode) {
      if (hasPositions)
        throw new ConfigurationError(
          `${symbol} has margin mode ${rules?.marginMode ?? "unknown"} and the run wants ${run.marginMode}: close the position first`,
        );
      await gateway.setMarginMode(symbol, run.marginMode);
    }
    if (rules?.leverage !== run.risk.leverage) await gateway.setLeverage(symbol, run.risk.leverage);
  }
}

function summaryOf(
  { definition, run, isSandbox }: AccountJob,
  facts: {
    readonly label: string;
    readonly asset: string;
    readonly capital: number;
    readonly openOrders: number;
    readonly openPositions: number;
  },
): RunSummary {
  const { label, asset, capital, openOrders, openPositions } = facts;
  const warnings: string[] = [];
  if (openPositions > 0)
    warnings.push("positions are open already: entries are held back while they are not explained by this run's own journal");
  if (openOrders > 0) warnings.push("orders are open already: those that are not of this strategy are left alone");
  return {
    expertName: definition.options.name,
    strategyId: run.strategyId,
    mode: "live",
    exchange: run.exchange,
    market: run.market,
    isSandbox,
    isTestnet: run.testnet,
    accountLabel: label,
    symbols: run.symbols,
    timeframe: run.timeframe,
    leverage: run.risk.leverage,
    ...(run.market === "spot" ? {} : { marginMode: run.marginMode, positionMode: run.positionMode }),
    equity: capital,
    currency: asset,
    limits: limitLines(run),
    onExit: run.onExit,
    openOrders,
    openPositions,
    warnings,
  };
}
