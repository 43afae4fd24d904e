import { htDcPeriod } from "../cycle/ht-dcperiod.ts";
import { htDcPhase } from "../cycle/ht-dcphase.ts";
import { htPhasor } from "../cycle/ht-phasor.ts";
import { htSine } from "../cycle/ht-sine.ts";
import { htTrendMode } from "../cycle/ht-trendmode.ts";
import type { IndicatorSpecification } from "../specification.ts";

const BOOK = "John F. Ehlers, Rocket Science for Traders (2001)";

/** The period and phase of the market's swings, by Hilbert transform: all of TA-Lib's cycle indicators. */
export const cycle: readonly IndicatorSpecification[] = [
  {
    name: "htDcPeriod",
    title: "Hilbert transform: dominant cycle period",
    group: "cycle",
    parameters: [],
    lines: ["value"],
    inputs: ["close"],
    reads: "series",
    create: () => htDcPeriod(),
    formula: "360° / turn of the cycle's components per bar, within 6 and 50 and 0.67 and 1.5 times the last, smoothed twice",
    source: BOOK,
    talib: { function: "HT_DCPERIOD", lines: ["value"], parameters: {}, unstable: true },
    scaling: "none",
  },
  {
    name: "htDcPhase",
    title: "Hilbert transform: dominant cycle phase",
    group: "cycle",
    parameters: [],
    lines: ["value"],
    inputs: ["close"],
    reads: "series",
    create: () => htDcPhase(),
    formula: "arctan(Σ p·sin / Σ p·cos) + 90° + 360° / period over the smoothed prices p of one cycle, within −45° and 315°",
    source: BOOK,
    talib: { function: "HT_DCPHASE", lines: ["value"], parameters: {}, unstable: true },
    scaling: "none",
  },
  {
    name: "htPhasor",
    title: "Hilbert transform: phasor components",
    group: "cycle",
    parameters: [],
    lines: ["inPhase", "quadrature"],
    inputs: ["close"],
    reads: "series",
    create: () => htPhasor(),
    formula: "quadrature = H(d), inPhase = d three bars back, d = H(smoothed price), H being the Hilbert transform of seven points",
    source: BOOK,
    talib: { function: "HT_PHASOR", lines: ["inPhase", "quadrature"], parameters: {}, unstable: true },
    scaling: "price",
  },
  {
    name: "htSine",
    title: "Hilbert transform: sine wave",
    group: "cycle",
    parameters: [],
    lines: ["sine", "leadSine"],
    inputs: ["close"],
    reads: "series",
    create: () => htSine(),
    formula: "sine = sin(phase), leadSine = sin(phase + 45°)",
    source: BOOK,
    talib: { function: "HT_SINE", lines: ["sine", "leadSine"], parameters: {}, unstable: true },
    scaling: "none",
  },
  {
    name: "htTrendMode",
    title: "Hilbert transform: trend or cycle mode",
    group: "cycle",
    parameters: [],
    lines: ["value"],
    inputs: ["close"],
    reads: "series",
    create: () => htTrendMode(),
    formula:
      "0 for half a cycle after the sine lines crossed and while the phase turns at the cycle's pace, else 1; 1 when 1.5 % off the trendline",
    source: BOOK,
    talib: { function: "HT_TRENDMODE", lines: ["value"], parameters: {}, unstable: true },
    scaling: "none",
  },
];
