import { ConfigurationError } from "../base/errors.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import { attachDefinition, defineExpert } from "./define.ts";
import type { EventName } from "./events.ts";
import type { Expert } from "./expert.ts";
import type { ExpertOptions } from "./options.ts";
import type { ParamSpecs, ParamValues } from "./params.ts";

/**
 * Experts as classes, for those who prefer them: the entry point `metaexpert/decorators`. Decorators build the definition that
 * `defineExpert` would have built and do nothing else. They are the standard ones (leave `experimentalDecorators` off).
 */

/** A class whose instances are experts: the constructor takes the place of the setup function. */
export type ExpertClass<Specs extends ParamSpecs = ParamSpecs> = new (expert: Expert, params: ParamValues<Specs>) => object;

/** A decorator for methods that an event calls. */
export type EventDecorator<Handler extends (...values: never[]) => unknown> = <This extends object>(
  method: (this: This, ...values: Parameters<Handler>) => ReturnType<Handler>,
  context: ClassMethodDecoratorContext<This, (this: This, ...values: Parameters<Handler>) => ReturnType<Handler>>,
) => void;

/** The handler that an event of `Expert` takes. */
type HandlerOf<Name extends EventName> =
  Parameters<Expert[Name]> extends [...unknown[], infer Handler extends (...values: never[]) => unknown] ? Handler : never;
type On<Name extends EventName> = EventDecorator<HandlerOf<Name>>;
type Method = (...values: readonly unknown[]) => unknown;

/** Hands an instance's method to the expert that runs it. */
interface Registration {
  /** The same for two decorations that mean the same, as when a subclass overrides a decorated method and decorates it again. */
  readonly key: string;
  readonly register: (expert: Expert, instance: object) => void;
}

/** What the decorated methods of an instance asked for while it was constructed. */
const registrations = new WeakMap<object, Registration[]>();

/**
 * Makes a class an expert. Its constructor receives the expert and the parameters' values, tracks indicators and keeps what
 * the methods need; each run constructs an instance of its own. Export the class as the file's default.
 *
 * @example
 * @expert({ name: "EMA cross", symbol: "BTCUSDT", timeframe: "1h", params: { fast: int(12, { min: 3, max: 50 }) } })
 * export default class EmaCross {
 *   readonly #expert: Expert;
 *   readonly #fast: Indicator;
 *
 *   constructor(expert: Expert, params: { readonly fast: number }) {
 *     this.#expert = expert;
 *     this.#fast = expert.track("1h", ema(params.fast));
 *   }
 *
 *   @onBar("1h")
 *   trade(): void {
 *     if (this.#expert.price() > this.#fast.value && this.#expert.position.isFlat) this.#expert.buy();
 *   }
 * }
 */
export function expert<const Specs extends ParamSpecs = Record<never, never>>(
  options: ExpertOptions<Specs>,
): (target: ExpertClass<Specs>, context: ClassDecoratorContext) => void {
  return (target, context) => {
    checkContext("expert", context, "class");
    const definition = defineExpert(options, (running, params) => {
      const instance = new target(running, params);
      const seen = new Set<string>();
      for (const { key, register } of registrations.get(instance) ?? []) {
        if (seen.has(key)) continue;
        seen.add(key);
        register(running, instance);
      }
    });
    attachDefinition(target, definition);
  };
}

/** Calls the method when the run starts: `Expert.onInit`. */
export const onInit: On<"onInit"> = plainEvent("onInit");
/** Calls the method with the reason when the run ends: `Expert.onStop`. */
export const onStop: On<"onStop"> = plainEvent("onStop");
/** Calls the method with each public trade: `Expert.onTick`. */
export const onTick: On<"onTick"> = plainEvent("onTick");
/** Calls the method with each state of the order book: `Expert.onBook`. */
export const onBook: On<"onBook"> = plainEvent("onBook");
/** Calls the method when an order of the expert changes: `Expert.onOrder`. */
export const onOrder: On<"onOrder"> = plainEvent("onOrder");
/** Calls the method when a position changes: `Expert.onPosition`. */
export const onPosition: On<"onPosition"> = plainEvent("onPosition");
/** Calls the method with each request of the expert and its result: `Expert.onTransaction`. */
export const onTransaction: On<"onTransaction"> = plainEvent("onTransaction");
/** Calls the method when the account changes: `Expert.onAccount`. */
export const onAccount: On<"onAccount"> = plainEvent("onAccount");
/** Calls the method with each funding payment: `Expert.onFunding`. */
export const onFunding: On<"onFunding"> = plainEvent("onFunding");
/** Calls the method when a connection comes or goes: `Expert.onConnection`. */
export const onConnection: On<"onConnection"> = plainEvent("onConnection");
/** Calls the method with errors of the world: `Expert.onError`. */
export const onError: On<"onError"> = plainEvent("onError");
/** Calls the method before the first event of a backtest: `Expert.onBacktestInit`. */
export const onBacktestInit: On<"onBacktestInit"> = plainEvent("onBacktestInit");
/** Calls the method after the last event of a backtest: `Expert.onBacktestStop`. */
export const onBacktestStop: On<"onBacktestStop"> = plainEvent("onBacktestStop");
/** Takes the method's result as the fitness of a backtest: `Expert.onBacktest`. */
export const onBacktest: On<"onBacktest"> = plainEvent("onBacktest");
/** Calls the method after each pass of an optimisation: `Expert.onBacktestPass`. */
export const onBacktestPass: On<"onBacktestPass"> = plainEvent("onBacktestPass");

/** Calls the method when a bar of the timeframe has closed: `Expert.onBar`. */
export function onBar(timeframe: Timeframe): On<"onBar"> {
  return decorator("onBar", timeframe, (running, method) => running.onBar(timeframe, method as HandlerOf<"onBar">));
}

/** Calls the method each time that many seconds have passed: `Expert.onTimer`. */
export function onTimer(seconds: number): On<"onTimer"> {
  return decorator("onTimer", String(seconds), (running, method) => running.onTimer(seconds, method as HandlerOf<"onTimer">));
}

type PlainEventName = Exclude<EventName, "onBar" | "onTimer">;

function plainEvent<Name extends PlainEventName>(event: Name): On<Name> {
  return decorator(event, "", (running, method) => (running[event] as (handler: Method) => void)(method));
}

function decorator<Handler extends (...values: never[]) => unknown>(
  event: EventName,
  detail: string,
  register: (running: Expert, method: Method) => void,
): EventDecorator<Handler> {
  return (_method, context) => {
    checkContext(event, context, "method");
    if (context.static) throw new ConfigurationError(`@${event}: "${String(context.name)}" is static; events call methods of an instance`);
    context.addInitializer(function (this) {
      const list = registrations.get(this) ?? [];
      registrations.set(this, list);
      list.push({
        key: `${event} ${detail} ${String(context.name)}`,
        // A bound function keeps its method's length, by which the engine knows whether the handler wants the bar.
        register: (running, instance) => register(running, (context.access.get(instance as typeof this) as Method).bind(instance)),
      });
    });
  };
}

/** Compilers set to the older, experimental decorators pass something else, and a decorator may stand on the wrong thing. */
function checkContext(name: string, context: unknown, kind: "class" | "method"): void {
  const given = typeof context === "object" && context !== null && "kind" in context ? (context.kind as string) : undefined;
  if (given === kind) return;
  if (given === undefined) {
    throw new ConfigurationError(`@${name}: these are standard decorators; remove "experimentalDecorators" from tsconfig.json`);
  }
  throw new ConfigurationError(`@${name} stands on a ${given}; put it on a ${kind}`);
}
