import { expect, expectTypeOf, test } from "vitest";
import type { Bar } from "../domain/bar.ts";
import type { Order } from "../domain/order.ts";
import {
  expert,
  onAccount,
  onBacktest,
  onBacktestInit,
  onBacktestPass,
  onBacktestStop,
  onBar,
  onBook,
  onConnection,
  onError,
  onFunding,
  onInit,
  onOrder,
  onPosition,
  onStop,
  onTick,
  onTimer,
  onTransaction,
} from "./decorators.ts";
import { definitionOf, isExpertDefinition } from "./define.ts";
import { EVENT_NAMES, type EventName } from "./events.ts";
import type { BacktestSummary, Expert } from "./expert.ts";
import { choice, int, type ParamValues } from "./params.ts";

const params = { fast: int(12, { min: 3, max: 50 }), side: choice("long", ["long", "short"]) };
const options = { name: "EMA cross", symbol: "BTCUSDT", timeframe: "1h", params } as const;

test("a decorated class carries the definition that defineExpert would have made", () => {
  @expert(options)
  class EmaCross {
    readonly kind = "trend";
  }

  const definition = definitionOf(EmaCross);
  expect(isExpertDefinition(definition)).toBe(true);
  expect(definition?.options).toMatchObject({ strategyId: "ema-cross", symbols: ["BTCUSDT"], timeframe: "1h" });
  expect(isExpertDefinition(EmaCross)).toBe(false);
});

test("the constructor receives the expert and typed parameters, once per instance", () => {
  const made: EmaCross[] = [];

  @expert(options)
  class EmaCross {
    readonly symbol: string;
    readonly fast: number;

    constructor(running: Expert, values: ParamValues<typeof params>) {
      expectTypeOf(values.side).toEqualTypeOf<"long" | "short">();
      this.symbol = running.symbol;
      this.fast = values.fast;
      made.push(this);
    }
  }

  const definition = definitionOf(EmaCross);
  definition?.setup(recordingExpert().expert, { fast: 5, side: "long" });
  definition?.setup(recordingExpert().expert, { fast: 7, side: "short" });
  expect(made.map(({ fast }) => fast)).toEqual([5, 7]);
});

test("a constructor that wants other parameters does not compile", () => {
  // @ts-expect-error there is no parameter "slow"
  @expert(options)
  class Wrong {
    readonly slow: number;
    constructor(_running: Expert, values: { readonly slow: number }) {
      this.slow = values.slow;
    }
  }
  expect(definitionOf(Wrong)).toBeDefined();
});

test("each event has a decorator that registers the method for it", () => {
  @expert(options)
  class Everything {
    @onInit init(): void {}
    @onStop stop(_reason: string): void {}
    @onTick tick(): void {}
    @onBar("4h") bar(): void {}
    @onTimer(60) timer(): void {}
    @onBook book(): void {}
    @onOrder order(_order: Order): void {}
    @onPosition position(): void {}
    @onTransaction transaction(): void {}
    @onAccount account(): void {}
    @onFunding funding(): void {}
    @onConnection connection(): void {}
    @onError error(): void {}
    @onBacktestInit backtestInit(): void {}
    @onBacktestStop backtestStop(): void {}
    @onBacktest fitness({ endEquity }: BacktestSummary): number {
      return endEquity;
    }
    @onBacktestPass pass(): void {}
  }

  const { expert: running, handlers } = recordingExpert();
  definitionOf(Everything)?.setup(running, { fast: 5, side: "long" });
  expect(handlers.map(({ event }) => event).toSorted()).toEqual(EVENT_NAMES.toSorted());
  expect(handlers.find(({ event }) => event === "onBar")?.detail).toBe("4h");
  expect(handlers.find(({ event }) => event === "onTimer")?.detail).toBe(60);
});

test("a handler declares as many parameters as its method, so that bars are only made for those who want them", () => {
  @expert(options)
  class Lengths {
    @onBar("1h") none(): void {}
    @onBar("1h") bar(_bar: Bar): void {}
    @onBar("1h") both(_bar: Bar, _symbol: string): void {}
  }

  const { expert: running, handlers } = recordingExpert();
  definitionOf(Lengths)?.setup(running, { fast: 5, side: "long" });
  expect(handlers.map(({ handler }) => handler.length)).toEqual([0, 1, 2]);
});

test("methods run on their instance and reach its private fields", () => {
  @expert(options)
  class Counter {
    #bars = 0;
    readonly #seen: number[];
    constructor(running: Expert) {
      this.#seen = running.memory<number[]>([]);
    }
    @onBar("1h")
    count(): void {
      this.#bars += 1;
      this.#seen.push(this.#bars);
    }
  }

  const { expert: running, handlers, memory } = recordingExpert();
  definitionOf(Counter)?.setup(running, { fast: 5, side: "long" });
  handlers[0]?.handler();
  handlers[0]?.handler();
  expect(memory()).toEqual([1, 2]);
});

test("one method may listen to several timeframes", () => {
  @expert(options)
  class Two {
    @onBar("1h")
    @onBar("4h")
    trade(): void {}
  }

  const { expert: running, handlers } = recordingExpert();
  definitionOf(Two)?.setup(running, { fast: 5, side: "long" });
  expect(handlers.map(({ detail }) => detail).toSorted()).toEqual(["1h", "4h"]);
});

test("a method that overrides a decorated one is called once", () => {
  const calls: string[] = [];
  class Base {
    @onBar("1h") trade(): void {
      calls.push("base");
    }
    @onInit start(): void {
      calls.push("start");
    }
  }
  @expert(options)
  class Derived extends Base {
    @onBar("1h") override trade(): void {
      calls.push("derived");
    }
  }

  const { expert: running, handlers } = recordingExpert();
  definitionOf(Derived)?.setup(running, { fast: 5, side: "long" });
  for (const { handler } of handlers) handler();
  expect(calls.toSorted()).toEqual(["derived", "start"]);
});

test("a class that extends an expert is none until it is decorated itself", () => {
  @expert(options)
  class Base {
    readonly kind = "trend";
  }
  class Derived extends Base {}
  expect(definitionOf(Derived)).toBeUndefined();
});

test("a handler with the wrong parameters does not compile", () => {
  class Wrong {
    // @ts-expect-error onOrder gives an order
    @onOrder order(_bar: Bar): void {}
  }
  expect(Wrong.name).toBe("Wrong");
});

test("a static method is refused by name", () => {
  expect(() => {
    class Wrong {
      readonly kind = "trend";
      // @ts-expect-error a class is no instance of itself
      @onBar("1h") static trade(this: Wrong): void {}
    }
    return Wrong;
  }).toThrow('@onBar: "trade" is static; events call methods of an instance');
});

test("the older, experimental decorators are recognised and told apart", () => {
  const legacy = onBar("1h") as unknown as (target: object, name: string) => void;
  expect(() => legacy({}, "trade")).toThrow('remove "experimentalDecorators" from tsconfig.json');
});

test("wrong options are refused when the class is declared", () => {
  expect(() => {
    @expert({ ...options, lookbackBars: 0 })
    class Wrong {
      readonly kind = "trend";
    }
    return Wrong;
  }).toThrow("lookbackBars: 0 is not a whole number from 1 to 1000000; write lookbackBars: 500");
});

interface Registered {
  readonly event: EventName;
  readonly detail: unknown;
  readonly handler: (...values: unknown[]) => unknown;
}

/** An expert that notes who registers for what. */
function recordingExpert(): { readonly expert: Expert; readonly handlers: readonly Registered[]; readonly memory: () => unknown } {
  const handlers: Registered[] = [];
  let memory: unknown;
  const parts: Record<string, unknown> = {
    symbol: "BTCUSDT",
    memory: (initial: unknown) => {
      memory = initial;
      return initial;
    },
  };
  for (const event of EVENT_NAMES) {
    parts[event] = (...values: unknown[]) => {
      handlers.push({ event, detail: values.length === 2 ? values[0] : undefined, handler: values.at(-1) as Registered["handler"] });
    };
  }
  return { expert: parts as unknown as Expert, handlers, memory: () => memory };
}
