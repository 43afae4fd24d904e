/** Tools for the tests of experts, indicators and archives: the entry point `metaexpert/testing`. The suites run under Vitest. */
export { testArchive } from "./archive.ts";
export { bars } from "./bars.ts";
export { testIndicator } from "./indicator.ts";
export type { IndicatorTestOptions } from "./indicator.ts";
export type { BarSketch, BarsOptions } from "./bars.ts";
