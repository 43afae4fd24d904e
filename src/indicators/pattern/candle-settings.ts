import { ConfigurationError } from "../../base/errors.ts";
import { oneOf, realNumber, wholeNumber } from "../parameters.ts";

/** What of a candle is measured: its body, its whole range from low to high, or its two shadows. */
export const CANDLE_MEASURES = ["body", "range", "shadows"] as const;
export type CandleMeasure = (typeof CANDLE_MEASURES)[number];

/** A limit for a part of a candle: `factor` times the average measure of the `period` candles before it. */
export interface CandleSetting {
  /** For "shadows", half of the two together is compared, the mean of one shadow. */
  readonly measure: CandleMeasure;
  /** 0 compares with the candle's own measure. */
  readonly period: number;
  readonly factor: number;
}

/** TA-Lib's settings, which say what "long", "short", "near" and so on mean. */
export const DEFAULT_CANDLE_SETTINGS = {
  /** A body is long when it is longer than the average body. */
  bodyLong: { measure: "body", period: 10, factor: 1 },
  /** A body is very long when it is longer than three average bodies; no pattern asks for it yet. */
  bodyVeryLong: { measure: "body", period: 10, factor: 3 },
  /** A body is short when it is shorter than the average body. */
  bodyShort: { measure: "body", period: 10, factor: 1 },
  /** A body is a doji's when it is at most a tenth of the average range. */
  bodyDoji: { measure: "range", period: 10, factor: 0.1 },
  /** A shadow is long when it is longer than the candle's own body. */
  shadowLong: { measure: "body", period: 0, factor: 1 },
  /** A shadow is very long when it is longer than twice the candle's own body. */
  shadowVeryLong: { measure: "body", period: 0, factor: 2 },
  /** A shadow is short when it is shorter than the average shadow. */
  shadowShort: { measure: "shadows", period: 10, factor: 1 },
  /** A shadow is very short when it is shorter than a tenth of the average range. */
  shadowVeryShort: { measure: "range", period: 10, factor: 0.1 },
  /** Two prices are near when they are at most a fifth of the average range apart. */
  near: { measure: "range", period: 5, factor: 0.2 },
  /** Two prices are far when they are at least three fifths of the average range apart. */
  far: { measure: "range", period: 5, factor: 0.6 },
  /** Two prices are equal when they are at most a twentieth of the average range apart. */
  equal: { measure: "range", period: 5, factor: 0.05 },
} as const satisfies Readonly<Record<string, CandleSetting>>;

export type CandleSettingName = keyof typeof DEFAULT_CANDLE_SETTINGS;

/** Settings that replace TA-Lib's, whole or in part: `hammer({ near: { factor: 0.1 } })`. */
export type CandleSettings = { readonly [Name in CandleSettingName]?: Partial<CandleSetting> };

/** The largest penetration, far beyond any that makes sense. */
export const PENETRATION_MAX = 1_000;

/** Settings of a pattern that also asks how far a body reaches into another one. */
export interface PenetrationOptions extends CandleSettings {
  /** Share of the first body that the later candle must have taken back (for `matHold`: may take back at most). */
  readonly penetration?: number;
}

/** All settings, with TA-Lib's where none is given; an error names the pattern and what is wrong. */
export function candleSettings(pattern: string, settings: CandleSettings): Readonly<Record<CandleSettingName, CandleSetting>> {
  const complete: Record<CandleSettingName, CandleSetting> = { ...DEFAULT_CANDLE_SETTINGS };
  for (const [name, setting] of Object.entries(settings)) {
    if (!isSettingName(name)) {
      const names = Object.keys(DEFAULT_CANDLE_SETTINGS).join(", ");
      throw new ConfigurationError(`${pattern}: there is no candle setting ${name}; there are ${names}`);
    }
    const { measure, period, factor } = { ...DEFAULT_CANDLE_SETTINGS[name], ...setting };
    complete[name] = {
      measure: oneOf(pattern, `${name}.measure`, measure, CANDLE_MEASURES),
      period: wholeNumber(pattern, `${name}.period`, period, { min: 0 }),
      factor: realNumber(pattern, `${name}.factor`, factor, { min: 0 }),
    };
  }
  return complete;
}

function isSettingName(name: string): name is CandleSettingName {
  return Object.hasOwn(DEFAULT_CANDLE_SETTINGS, name);
}
