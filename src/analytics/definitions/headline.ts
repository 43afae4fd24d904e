import { COSTS, ORDERS } from "./costs.ts";
import { PERFORMANCE, PERIOD } from "./performance.ts";
import { BENCHMARK, RISK } from "./risk.ts";
import { TRADE_RHYTHM } from "./trade-rhythm.ts";
import { TRADES } from "./trades.ts";

/** The statistics of our own report: where systems differ, one definition was chosen, and its source says which. */
export const HEADLINE = { ...PERIOD, ...PERFORMANCE, ...RISK, ...BENCHMARK, ...TRADES, ...TRADE_RHYTHM, ...COSTS, ...ORDERS };
