/**
 * Properties of the ledger: whatever is moved, the accounts of an asset sum to zero; minor units and doubles turn into each
 * other without loss where a double can hold them.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromMinor, Ledger, LEDGER_ACCOUNTS, toMinor } from "./ledger.ts";

const accountArbitrary = fc.constantFrom(...LEDGER_ACCOUNTS);

describe("a ledger", () => {
  it("sums to zero after every transfer, and each account holds what came in less what went out", () => {
    const transfers = fc.array(fc.tuple(accountArbitrary, accountArbitrary, fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(transfers, (moves) => {
        const ledger = new Ledger().of("USDT");
        for (const [from, to, amount] of moves) {
          ledger.transfer(from, to, amount);
          expect(ledger.total).toBe(0n);
        }
        for (const account of LEDGER_ACCOUNTS) {
          const expected = moves.reduce(
            (sum, [from, to, amount]) => sum + (to === account ? amount : 0n) - (from === account ? amount : 0n),
            0n,
          );
          expect(ledger.balance(account)).toBe(expected);
        }
      }),
    );
  });

  it("keeps assets apart, in the order of their first use", () => {
    const ledger = new Ledger();
    ledger.of("USDT").transfer("capital", "wallet", 5n);
    ledger.of("BTC").transfer("venue", "wallet", 7n);
    expect(ledger.assets.map(({ asset }) => asset)).toEqual(["USDT", "BTC"]);
    expect([ledger.of("USDT").balance("wallet"), ledger.of("BTC").balance("wallet")]).toEqual([5n, 7n]);
  });
});

describe("minor units", () => {
  it("of a decimal with twelve digits after the point are those digits", () => {
    expect(toMinor(0.1)).toBe(100_000_000_000n);
    expect(toMinor(-1234.000000000001)).toBe(-1_234_000_000_000_001n);
    expect(toMinor(1e15)).toBe(10n ** 27n);
    expect(fromMinor(123_456_789_012n)).toBe(0.123456789012);
    expect(fromMinor(-(10n ** 24n) - 1n)).toBe(-1e12);
  });

  it("come back from a double as they went, as far as a double can tell them apart", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 50n), max: 2n ** 50n }), (amount) => {
        expect(toMinor(fromMinor(amount))).toBe(amount);
      }),
    );
  });

  it("as a double are within one unit in the last place", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 28n), max: 10n ** 28n }), (amount) => {
        const exact = Number(`${amount}e-12`);
        expect(Math.abs(fromMinor(amount) - exact)).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -52);
      }),
    );
  });
});
