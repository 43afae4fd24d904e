import { NotSupportedError } from "../base/errors.ts";
import type { EventName } from "./events.ts";
import { show } from "./option-kinds.ts";
import type { ExpertOptions, FilterOptions, RiskOptions, RunMode, RunOptions } from "./options.ts";

/** An option as messages and the reference page call it: by its path from the top of a definition or a run. */
export type OptionPath =
  | keyof ExpertOptions
  | keyof RunOptions
  | `risk.${Extract<keyof RiskOptions, string>}`
  | `filters.${Extract<keyof FilterOptions, string>}`;

/** Something that is part of the contract today and does nothing yet. */
export type Unsupported =
  | {
      readonly option: OptionPath;
      /** The values that are refused; every value when absent. */
      readonly values?: readonly (string | boolean)[];
      /** What to do meanwhile, as the end of a sentence. */
      readonly instead: string;
    }
  | {
      readonly event: EventName;
      /** The modes that cannot deliver it; all when absent. */
      readonly modes?: readonly RunMode[];
      readonly instead: string;
    };

/**
 * The one list of options, values and events that are accepted, typed, documented and checked in this version, and whose
 * behaviour comes with a later one. Using one is refused: nothing is ever silently ignored.
 */
export const UNSUPPORTED: readonly Unsupported[] = [
  { option: "marketType", values: ["options"], instead: 'this version trades marketType "spot" and "futures"' },
  { option: "filters.volatilityFilter", instead: "track an indicator such as atr and ask it before expert.buy()" },
  { option: "filters.trendFilter", instead: "track a moving average and ask it before expert.buy()" },
  { event: "onBook", modes: ["backtest"], instead: "the archive has no order books" },
  { event: "onBacktestPass", instead: "there is no optimiser to report passes" },
];

/** Refuses options of a definition or a run that are on the list. */
export function refuseUnsupportedOptions(options: object): void {
  for (const entry of UNSUPPORTED) {
    if (!("option" in entry)) continue;
    const value = valueAt(options, entry.option);
    if (value === undefined) continue;
    if (entry.values !== undefined && !entry.values.some((refused) => refused === value)) continue;
    const subject = entry.values === undefined ? entry.option : `${entry.option}: ${show(value)}`;
    throw new NotSupportedError(`${subject} is not yet supported; ${entry.instead}`);
  }
}

/** Refuses to register a handler for an event that no run of this mode can deliver. */
export function assertEventSupported(event: EventName, mode: RunMode = "backtest"): void {
  for (const entry of UNSUPPORTED) {
    if (!("event" in entry) || entry.event !== event) continue;
    if (entry.modes !== undefined && !entry.modes.includes(mode)) continue;
    const where = entry.modes === undefined ? "" : ` in mode "${mode}"`;
    throw new NotSupportedError(`${event} is not yet supported${where}; ${entry.instead}`);
  }
}

function valueAt(options: object, path: string): unknown {
  return path.split(".").reduce<unknown>((part, name) => {
    return typeof part === "object" && part !== null ? (part as Record<string, unknown>)[name] : undefined;
  }, options);
}
