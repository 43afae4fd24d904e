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

/**
 * Where a value carries its definition: a definition itself, a decorated class the one that was built for it. A registered
 * symbol is the same in every copy of this module, so what another copy made is recognised.
 */
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
  const resolved = frozenCopy(resolveExpertOptions(options));
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
  attachDefinition(definition, definition);
  return Object.freeze(definition);
}

/** Whether a value was made by `defineExpert`, in this copy of the package or another. */
export function isExpertDefinition(value: unknown): value is ExpertDefinition {
  return value !== undefined && definitionOf(value) === value;
}

/** The definition that a file's export carries: the export itself, or that of a class decorated with `@expert`. */
export function definitionOf(value: unknown): ExpertDefinition | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || !Object.hasOwn(value, BRAND)) return undefined;
  return (value as { readonly [BRAND]: ExpertDefinition })[BRAND];
}

/** Makes a value carry a definition. A class that extends a decorated one does not inherit it. */
export function attachDefinition<Specs extends ParamSpecs>(value: object, definition: ExpertDefinition<Specs>): void {
  Object.defineProperty(value, BRAND, { value: definition });
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

/** Plain data copied and frozen to the bottom, so that whoever made it can neither change it nor finds his own frozen. */
function frozenCopy<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as T;
  const copy = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, frozenCopy(part)]));
  return Object.freeze(copy) as T;
}
