import { describe, expect, it } from "vitest";
import type { Instrument } from "../../domain/instrument.ts";
import { InstrumentMath } from "./instrument-math.ts";
import { rulesAsTold } from "./order-rules.ts";

const INSTRUMENT: Instrument = {
  kind: "perpetual",
  symbol: "BTCUSDT",
  exchange: "binance",
  baseAsset: "BTC",
  quoteAsset: "USDT",
  settleAsset: "USDT",
  contractType: "linear",
  contractSize: "1",
  priceStep: "0.1",
  quantityStep: "0.001",
  notionalMin: "5",
};
const math = new InstrumentMath(INSTRUMENT);
const told = (changes: Partial<Instrument>) => rulesAsTold({ ...INSTRUMENT, ...changes } as Instrument, math);

describe("rules that an exchange tells while a run goes on", () => {
  it("are taken over where they are coarser than what the books count in", () => {
    const rules = told({ priceStep: "0.5", quantityStep: "0.01", quantityMin: "0.05", notionalMin: "100" });
    expect([rules.price.step, rules.quantity.step, rules.quantityMin, rules.notionalMin]).toEqual(["0.5", "0.01", 0.05, 100]);
    expect(rules.fit(0.129)).toBe(0.12);
    expect(rules.instrument).toMatchObject({ priceStep: "0.5", quantityStep: "0.01", notionalMin: "100" });
  });

  it.each([
    ["finer", { priceStep: "0.01", quantityStep: "0.0001" }],
    ["no multiple", { priceStep: "0.25", quantityStep: "0.0015" }],
  ])("leave the steps as they are where they are %s: what the books cannot count is never ordered", (_name, changes) => {
    const rules = told(changes);
    expect([rules.price, rules.quantity]).toEqual([math.price, math.quantity]);
    expect(rules.instrument).toMatchObject({ priceStep: "0.1", quantityStep: "0.001" });
  });

  it("may ask for no least value", () => {
    const { notionalMin: _none, ...rest } = INSTRUMENT;
    expect(rulesAsTold(rest as Instrument, math).notionalMin).toBe(0);
  });
});
