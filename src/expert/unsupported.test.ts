import { describe, expect, test } from "vitest";
import { ConfigurationError, NotSupportedError } from "../base/errors.ts";
import { EVENT_NAMES } from "./events.ts";
import type { OptionRows } from "./option-kinds.ts";
import { EXPERT_TABLE, FILTER_TABLE, RISK_TABLE, RUN_TABLE } from "./option-tables.ts";
import { RUN_MODES } from "./options.ts";
import { assertEventSupported, UNSUPPORTED } from "./unsupported.ts";
import { checkExpertOptions, checkRunOptions } from "./validate.ts";

const SECRETS = ["apiKey", "apiSecret", "apiPassphrase"];
const unsupportedOptions = UNSUPPORTED.filter((entry) => "option" in entry);
const unsupportedEvents = UNSUPPORTED.filter((entry) => "event" in entry).map(({ event }) => event);

/** What an option stands beside so that nothing but itself can be refused. */
const company: Readonly<Record<string, object>> = {
  symbols: { symbol: undefined },
  contractType: { marketType: "futures" },
  marginMode: { marketType: "futures" },
  "risk.trailingActivationPct": { trailingStopPct: 1 },
  "risk.breakevenPct": { stopLossPct: 2 },
  "risk.sizing": { stopLossPct: 2 },
};

/** A definition or a run that uses one option. */
function check(path: string, value: unknown): void {
  const [group, name] = path.includes(".") ? (path.split(".") as [string, string]) : ["", path];
  const options = { ...company[path], [name]: value };
  const expert = { name: "a", symbol: "BTCUSDT", timeframe: "1h" };
  if (group !== "") {
    checkExpertOptions({ ...expert, [group]: options });
    checkRunOptions({ [group]: options });
    return;
  }
  if (Object.hasOwn(EXPERT_TABLE, name)) checkExpertOptions({ ...expert, ...options });
  if (Object.hasOwn(RUN_TABLE, name)) checkRunOptions(options);
}

function paths(rows: OptionRows, group = ""): [path: string, example: unknown][] {
  return Object.entries(rows).map(([name, { kind }]) => [group + name, kind.example]);
}

const allOptions = [...paths(EXPERT_TABLE), ...paths(RUN_TABLE), ...paths(RISK_TABLE, "risk."), ...paths(FILTER_TABLE, "filters.")];

describe("every option of the contract is supported, refused or read from the environment", () => {
  const plain = allOptions.filter(([path]) => !SECRETS.includes(path));

  test.each(plain.filter(([path]) => !unsupportedOptions.some(({ option }) => option === path)))("%s takes %j", (path, example) => {
    expect(() => check(path, example)).not.toThrow();
  });

  test.each(plain)("%s refuses a value of another kind", (path) => {
    expect(() => check(path, Symbol("wrong"))).toThrow(ConfigurationError);
    expect(() => check(path, Symbol("wrong"))).toThrow(`${path}: `);
  });

  test.each(SECRETS)("%s is refused", (name) => {
    expect(() => check(name, "")).toThrow("credentials are read from the environment only");
  });
});

describe("what is not yet supported", () => {
  test.each(unsupportedOptions)("$option is refused by name", ({ option, values }) => {
    const example = allOptions.find(([path]) => path === option)?.[1];
    for (const value of values ?? [example]) {
      expect(() => check(option, value)).toThrow(NotSupportedError);
      expect(() => check(option, value)).toThrow(new RegExp(`^${option}\\b.* is not yet supported; `));
    }
  });

  test.each(unsupportedOptions.filter(({ values }) => values !== undefined))("$option keeps its other values", ({ option, values }) => {
    for (const other of values?.includes("options") === true ? ["spot", "futures"] : [false])
      expect(() => check(option, other)).not.toThrow();
  });

  test.each(unsupportedOptions)("$option is checked before it is refused, so that a typing error is called one", ({ option }) => {
    expect(() => check(option, 4.5e30)).not.toThrow(NotSupportedError);
    expect(() => check(option, 4.5e30)).toThrow(ConfigurationError);
  });

  test.each(unsupportedEvents)("a handler for %s is refused by name", (event) => {
    expect(() => assertEventSupported(event)).toThrow(NotSupportedError);
    expect(() => assertEventSupported(event)).toThrow(new RegExp(`^${event} is not yet supported.*; ${insteadOf(event)}$`));
  });

  test.each(EVENT_NAMES.filter((event) => !unsupportedEvents.includes(event)))("a handler for %s is welcome", (event) => {
    expect(() => assertEventSupported(event)).not.toThrow();
  });

  test("order books come with the market as it is, and not from the archive", () => {
    for (const mode of ["paper", "live", "sandbox"] as const) expect(() => assertEventSupported("onBook", mode)).not.toThrow();
    expect(() => assertEventSupported("onBook", "backtest")).toThrow(
      new NotSupportedError('onBook is not yet supported in mode "backtest"; the archive has no order books'),
    );
  });

  test("passes of an optimiser come in no mode", () => {
    for (const mode of RUN_MODES) expect(() => assertEventSupported("onBacktestPass", mode)).toThrow(NotSupportedError);
  });

  test("is exactly this", () => {
    expect(UNSUPPORTED.map((entry) => ("option" in entry ? entry.option : entry.event))).toEqual([
      "marketType",
      "filters.volatilityFilter",
      "filters.trendFilter",
      "onBook",
      "onBacktestPass",
    ]);
  });
});

function insteadOf(event: string): string {
  return UNSUPPORTED.find((entry) => "event" in entry && entry.event === event)?.instead ?? "";
}
