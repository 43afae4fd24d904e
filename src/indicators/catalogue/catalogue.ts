import type { IndicatorSpecification } from "../specification.ts";
import { cycle } from "./cycle.ts";
import { levels } from "./levels.ts";
import { math } from "./math.ts";
import { momentum } from "./momentum.ts";
import { orderflow } from "./orderflow.ts";
import { oscillators } from "./oscillators.ts";
import { overlap } from "./overlap.ts";
import { pattern } from "./pattern.ts";
import { price } from "./price.ts";
import { regime } from "./regime.ts";
import { statistics } from "./statistics.ts";
import { trend } from "./trend.ts";
import { volatility } from "./volatility.ts";
import { volume } from "./volume.ts";

/** Every indicator as data: a program can list them, make them and check them against any table of reference values. */
export const catalogue: readonly IndicatorSpecification[] = [
  ...overlap,
  ...momentum,
  ...volume,
  ...volatility,
  ...price,
  ...cycle,
  ...statistics,
  ...math,
  ...pattern,
  ...trend,
  ...oscillators,
  ...levels,
  ...orderflow,
  ...regime,
];
