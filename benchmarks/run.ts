import { spawnSync } from "node:child_process";

/** `npm run bench [NAME…]`: runs the benchmarks named, or all of them, one after the other, each in a process of its own. */
const BENCHMARKS: Readonly<Record<string, () => Promise<{ run(): Promise<void> }>>> = {
  engine: () => import("./engine/engine.ts"),
  memory: () => import("./engine/memory.ts"),
  archive: () => import("./archive.ts"),
  indicators: () => import("./indicators.ts"),
  journal: () => import("./journal.ts"),
  restart: () => import("./restart.ts"),
  wire: () => import("./wire/wire.ts"),
};

const names = process.argv.slice(2);
const unknown = names.find((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown !== undefined) {
  console.error(`unknown benchmark "${unknown}"; there are: ${Object.keys(BENCHMARKS).join(", ")}`);
  process.exitCode = 2;
} else {
  const chosen = names.length === 0 ? Object.keys(BENCHMARKS) : names;
  const [only, ...others] = chosen;
  if (only !== undefined && others.length === 0) await (await BENCHMARKS[only]?.())?.run();
  else {
    for (const name of chosen) {
      const { status } = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, name], { stdio: "inherit" });
      if (status !== 0) process.exitCode = 1;
      console.log("");
    }
  }
}
