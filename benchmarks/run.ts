/** `npm run bench [NAME…]`: runs the benchmarks named, or all of them, one after the other in this process. */
const BENCHMARKS: Readonly<Record<string, () => Promise<{ run(): Promise<void> }>>> = {
  engine: () => import("./engine/engine.ts"),
  memory: () => import("./engine/memory.ts"),
  archive: () => import("./archive.ts"),
  indicators: () => import("./indicators.ts"),
};

const names = process.argv.slice(2);
const unknown = names.find((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown !== undefined) {
  console.error(`unknown benchmark "${unknown}"; there are: ${Object.keys(BENCHMARKS).join(", ")}`);
  process.exitCode = 2;
} else {
  for (const name of names.length === 0 ? Object.keys(BENCHMARKS) : names) {
    const benchmark = await BENCHMARKS[name]?.();
    await benchmark?.run();
    console.log("");
  }
}
