import { ConfigurationError } from "../base/errors.ts";
import type { Expert } from "./expert.ts";
import type { ExpertOptions } from "./options.ts";
import type { ParamSpecs, ParamValues } from "./params.ts";
import { resolveExpertOptions } from "./resolve.ts";
import type { ResolvedExpertOptions } from "./resolved.ts";

/** An expert as data and one function: what an expert's file exports. Frozen; made by `defineExpert` only. */
export interface ExpertDefinition<Specs extends ParamSpecs = ParamSpecs> {
  readonly options: ResolvedExpertOptions<Specs>;
  /** Runs once per instance: tracks indicators, registers handlers, returns nothing. */
  setup(expert: Expert, params: ParamValues<Specs>): void;
}

/**
 * The function that makes an expert work. It may not be async: indicators and handlers must be in place before the first bar.
 * Handlers may return promises. (`undefined | void` is what makes TypeScript refuse an async function here.)
 */
export type ExpertSetup<Specs extends ParamSpecs = ParamSpecs> = (expert: Expert, params: ParamValues<Specs>) => undefined | void;

/** A registered symbol is the same in every copy of this module, so a definition made by another copy is recognised. */
const BRAND = Symbol.for("metaexpert.ExpertDefinition");

/**
 * Declares an expert: what it is called, what it trades and reads, its parameters and risk, and the function that sets it up.
 *
 * @example
 * export default defineExpert({ name: "Buy and hold", symbol: "BTCUSDT", timeframe: "1d" }, (expert) => {
 *   expert.onBar("1d", () => {
 *     if (expert.position.isFlat) expert.buy();
 *   });
 * });
 */
export function defineExpert<const Specs extends ParamSpecs = Record<never, never>>(
  options: ExpertOptions<Specs>,
  setup: ExpertSetup<Specs>,
): ExpertDefinition<Specs> {
  const resolved = deepFreeze(resolveExpertOptions(options));
  checkSetup(resolved.name, setup);
  const definition: ExpertDefinition<Specs> = {
    options: resolved,
    setup(expert, params) {
      const result: unknown = setup(expert, params);
      if (!isPromiseLike(result)) return;
      void result.then(undefined, () => undefined);
      throw new ConfigurationError(asyncMessage(resolved.name));
    },
  };
  Object.defineProperty(definition, BRAND, { value: true });
  return Object.freeze(definition);
}

/** Whether a value was made by `defineExpert`, in this copy of the package or another. */
export function isExpertDefinition(value: unknown): value is ExpertDefinition {
  return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
}

function checkSetup(name: string, setup: unknown): void {
  if (typeof setup !== "function") {
    throw new ConfigurationError(`expert "${name}": the second argument of defineExpert is a function; write (expert, params) => { … }`);
  }
  if (Object.prototype.toString.call(setup) === "[object AsyncFunction]") throw new ConfigurationError(asyncMessage(name));
}

function asyncMessage(name: string): string {
  return `expert "${name}": the setup function may not be async; load what you need at the top of the file or in expert.onInit, whose handler may be async`;
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
