import { assert } from "../../base/assert.ts";
import { tenTo } from "../../base/decimal.ts";

/** Digits after the point of the ledger's minor unit: finer than any exchange's statement. */
export const LEDGER_SCALE = 12;
const MINOR_PER_UNIT = tenTo(LEDGER_SCALE);
const MINOR_PER_UNIT_DOUBLE = 10 ** LEDGER_SCALE;

/** Where money can be. `venue` is the other side of trades, `capital` where the account's money came from. */
export const LEDGER_ACCOUNTS = ["wallet", "venue", "fees", "funding", "capital"] as const;
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number];

/**
 * Double-entry books of one asset in whole minor units. Money only ever moves from one account to another, so the sum over
 * all accounts is exactly zero after every booking.
 */
export class AssetLedger {
  readonly asset: string;
  readonly #balances: Record<LedgerAccount, bigint> = { wallet: 0n, venue: 0n, fees: 0n, funding: 0n, capital: 0n };

  constructor(asset: string) {
    this.asset = asset;
  }

  /** Takes an amount out of one account and puts it into another; a negative amount goes the other way. */
  transfer(from: LedgerAccount, to: LedgerAccount, amount: bigint): void {
    this.#balances[from] -= amount;
    this.#balances[to] += amount;
  }

  balance(account: LedgerAccount): bigint {
    return this.#balances[account];
  }

  /** Takes over balances that were kept; they sum to zero or the books are not opened. */
  restore(balances: Readonly<Record<LedgerAccount, string>>): void {
    for (const account of LEDGER_ACCOUNTS) this.#balances[account] = BigInt(balances[account]);
    assert(this.total === 0n, `the kept books of ${this.asset} do not sum to zero`);
  }

  /** The sum over all accounts: zero, always. */
  get total(): bigint {
    return LEDGER_ACCOUNTS.reduce((sum, account) => sum + this.#balances[account], 0n);
  }
}

/** What each asset has where, in minor units as decimal text. */
export type LedgerState = Readonly<Record<string, Readonly<Record<LedgerAccount, string>>>>;

/** The books of an account, asset by asset. */
export class Ledger {
  readonly #assets = new Map<string, AssetLedger>();

  /** The books of an asset, opened at first use. */
  of(asset: string): AssetLedger {
    let ledger = this.#assets.get(asset);
    if (ledger === undefined) {
      ledger = new AssetLedger(asset);
      this.#assets.set(asset, ledger);
    }
    return ledger;
  }

  state(): LedgerState {
    const textOf = (ledger: AssetLedger): Record<LedgerAccount, string> =>
      Object.fromEntries(LEDGER_ACCOUNTS.map((account) => [account, String(ledger.balance(account))])) as Record<LedgerAccount, string>;
    return Object.fromEntries(this.assets.map((ledger) => [ledger.asset, textOf(ledger)]));
  }

  restore(state: LedgerState): void {
    for (const [asset, balances] of Object.entries(state)) this.of(asset).restore(balances);
  }

  /** In order of first use. */
  get assets(): readonly AssetLedger[] {
    return [...this.#assets.values()];
  }
}

/** Minor units as a double, to within one unit in the last place. */
export function fromMinor(amount: bigint): number {
  return Number(amount) / MINOR_PER_UNIT_DOUBLE;
}

/** The nearest number of minor units. */
export function toMinor(amount: number): bigint {
  const whole = Math.trunc(amount);
  return BigInt(whole) * MINOR_PER_UNIT + BigInt(Math.round((amount - whole) * MINOR_PER_UNIT_DOUBLE));
}
