import { expect, expectTypeOf, test } from "vitest";
import { defineExpert } from "./define.ts";
import { bool, choice, float, int } from "./params.ts";
import type { ExpertDefinition } from "./define.ts";

test("params are inferred with the widths their declarations have", () => {
  const definition = defineExpert(
    {
      name: "EMA cross",
      symbol: "BTCUSDT",
      timeframe: "1h",
      params: {
        fast: int(12, { min: 3, max: 50 }),
        x: float(1, { min: 0, max: 2 }),
        side: choice("long", ["long", "short"]),
        on: bool(true),
      },
    },
    (expert, params) => {
      expectTypeOf(params.fast).toEqualTypeOf<number>();
      expectTypeOf(params.x).toEqualTypeOf<number>();
      expectTypeOf(params.side).toEqualTypeOf<"long" | "short">();
      expectTypeOf(params.on).toEqualTypeOf<boolean>();
      // @ts-expect-error unknown parameter
      expert.log.info(String(params.slow));
    },
  );
  const general: ExpertDefinition = definition;
  expect(general.options.strategyId).toBe("ema-cross");
});

test("no params", () => {
  defineExpert({ name: "a", symbol: "B", timeframe: "1h" }, (_expert, params) => {
    expectTypeOf(params).toEqualTypeOf<{}>();
  });
  // @ts-expect-error async
  expect(() => defineExpert({ name: "a", symbol: "B", timeframe: "1h" }, async () => {})).toThrow("may not be async");
});
