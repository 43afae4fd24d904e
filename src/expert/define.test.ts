import { describe, expect, expectTypeOf, test } from "vitest";
import { ConfigurationError } from "../base/errors.ts";
import type { Indicator } from "../indicators/indicator.ts";
import { defineExpert, definitionOf, isExpertDefinition, type ExpertDefinition } from "./define.ts";
import type { Expert } from "./expert.ts";
import { bool, choice, float, int } from "./params.ts";

const options = { name: "EMA cross", symbol: "BTCUSDT", timeframe: "1h" } as const;

/** Stands for any indicator: the expert room does not depend on a particular one. */
declare function ema(period: number): Indicator;

describe("types", () => {
  test("the example of the design compiles as it stands", () => {
    const example = (): ExpertDefinition =>
      defineExpert(
        {
          name: "EMA cross",
          symbol: "BTCUSDT",
          timeframe: "1h",
          params: { fast: int(12, { min: 3, max: 50 }), slow: int(26, { min: 10, max: 200 }) },
          risk: { sizing: { type: "riskBased", riskPct: 1.5 }, stopLossPct: 2, takeProfitPct: 4, maxDrawdownPct: 20 },
        },
        (expert, params) => {
          expectTypeOf(params).toEqualTypeOf<{ readonly fast: number; readonly slow: number }>();
          const fast = expert.track("1h", ema(params.fast));
          const slow = expert.track("1h", ema(params.slow));

          expert.onBar("1h", () => {
            if (fast.value > slow.value && expert.position.isFlat) expert.buy();
            if (fast.value < slow.value) expert.closePosition();
          });
        },
      );
    expect(example().options.name).toBe("EMA cross");
  });

  test("each kind of parameter gives its own type", () => {
    const params = {
      period: int(12, { min: 3, max: 50 }),
      factor: float(1.5, { min: 0, max: 2 }),
      side: choice("long", ["long", "short"]),
      hours: choice(4, [1, 4, 8]),
      trail: bool(true),
    };
    defineExpert({ ...options, params }, (_expert, values) => {
      expectTypeOf(values.period).toEqualTypeOf<number>();
      expectTypeOf(values.factor).toEqualTypeOf<number>();
      expectTypeOf(values.side).toEqualTypeOf<"long" | "short">();
      expectTypeOf(values.hours).toEqualTypeOf<1 | 4 | 8>();
      expectTypeOf(values.trail).toEqualTypeOf<boolean>();
      expectTypeOf(values).not.toHaveProperty("slow");
    });
  });

  test("an expert without parameters receives an empty object", () => {
    defineExpert(options, (expert, values) => {
      expectTypeOf(expert).toEqualTypeOf<Expert>();
      expectTypeOf<keyof typeof values>().toEqualTypeOf<never>();
    });
  });

  test("any definition is an ExpertDefinition, whatever its parameters", () => {
    const definition = defineExpert({ ...options, params: { side: choice("long", ["long", "short"]) } }, () => {});
    expectTypeOf(definition).toExtend<ExpertDefinition>();
  });

  test("what an option may be is part of its type", () => {
    const wrong = (): void => {
      // @ts-expect-error no such timeframe
      defineExpert({ ...options, timeframe: "7m" }, () => {});
      // @ts-expect-error a misspelt option
      defineExpert({ ...options, timeFrame: "1h" }, () => {});
      // @ts-expect-error riskBased counts in riskPct
      defineExpert({ ...options, risk: { sizing: { type: "riskBased", percent: 1 }, stopLossPct: 2 } }, () => {});
      // @ts-expect-error an async setup
      defineExpert(options, async () => {});
    };
    expect(wrong).toThrow(ConfigurationError);
  });
});

describe("a definition", () => {
  test("has its defaults filled in", () => {
    expect(defineExpert(options, () => {}).options).toEqual({
      name: "EMA cross",
      strategyId: "ema-cross",
      strategyName: "EMA cross",
      comment: "",
      symbols: ["BTCUSDT"],
      timeframe: "1h",
      params: {},
      lookbackBars: 500,
      warmupBars: undefined,
      risk: {},
      filters: {},
    });
  });

  test("is frozen to the bottom, and what it was made from is not", () => {
    const risk = { sizing: { type: "fixedBase" as const, quantity: 1 } };
    const definition = defineExpert({ ...options, risk }, () => {});
    expect(Object.isFrozen(definition)).toBe(true);
    expect(Object.isFrozen(definition.options.risk.sizing)).toBe(true);
    expect(Object.isFrozen(risk)).toBe(false);
    risk.sizing.quantity = 2;
    expect(definition.options.risk.sizing).toEqual({ type: "fixedBase", quantity: 1 });
  });

  test("is recognised when another copy of this module made it", async () => {
    const other: string = "./define.ts?copy=2";
    const copy = (await import(other)) as { readonly defineExpert: typeof defineExpert };
    expect(copy.defineExpert).not.toBe(defineExpert);
    expect(isExpertDefinition(copy.defineExpert(options, () => {}))).toBe(true);
  });

  test.each([undefined, null, {}, () => {}, "expert", { options: {}, setup: () => {} }])("is not %s", (value) => {
    expect(isExpertDefinition(value)).toBe(false);
    expect(definitionOf(value)).toBeUndefined();
  });

  test("gets a short id from its name, with a number where the name has no Latin letters", () => {
    const idOf = (name: string): string => defineExpert({ ...options, name }, () => {}).options.strategyId;
    expect(idOf("  RSI & Bollinger (v2)! ")).toBe("rsi-bollinger-v2");
    expect(idOf("a very long name that would not fit into an order id")).toBe("a-very-long-name-that-would-not");
    expect(idOf("均线交叉")).toMatch(/^expert-[0-9a-f]{8}$/);
    expect(idOf("均线交叉")).not.toBe(idOf("均线"));
  });
});

describe("the setup function", () => {
  test("is refused when it is async, at the definition", () => {
    const setup = (async () => {}) as unknown as () => void;
    expect(() => defineExpert(options, setup)).toThrow('expert "EMA cross": the setup function may not be async; load what you need');
  });

  test("is refused when it returns a promise after all", () => {
    const definition = defineExpert(options, (() => Promise.reject(new Error("late"))) as unknown as () => void);
    expect(() => definition.setup({} as Expert, {})).toThrow("may not be async");
  });

  test("is refused when it is missing", () => {
    expect(() => defineExpert(options, undefined as never)).toThrow("the second argument of defineExpert is a function");
  });

  test("receives the expert and the parameters as they are", () => {
    const seen: unknown[] = [];
    const expert = {} as Expert;
    const values = { fast: 12 };
    defineExpert({ ...options, params: { fast: int(12, { min: 1, max: 50 }) } }, (...given) => void seen.push(...given)).setup(
      expert,
      values,
    );
    expect(seen[0]).toBe(expert);
    expect(seen[1]).toBe(values);
  });
});
