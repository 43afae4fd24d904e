import { describe, expect, it } from "vitest";
import { fuzzBinanceMarket } from "./binance-market.ts";

describe("the decoders of Binance's market data", () => {
  it("refuse damaged messages with a DataError and nothing else", () => {
    const { iterations, taken, refused } = fuzzBinanceMarket({ seed: 20260601, iterations: 20_000 });
    expect(iterations).toBe(20_000);
    // Damage that hits nothing of interest leaves a message good, the rest is refused: both ways are walked.
    expect(taken).toBeGreaterThan(2_000);
    expect(refused).toBeGreaterThan(2_000);
  });
});
