/** The rooms of src/ from the ground up; neighbours on one line are strangers to each other. */
export const floors: ReadonlyArray<readonly string[]> = [
  ["base"],
  ["domain"],
  ["indicators", "analytics"],
  ["expert"],
  ["engine"],
  ["exchanges", "archive", "operations"],
  ["sandbox"],
  ["run"],
  ["research", "testing"],
  ["apps"],
];

/** Files that list public names and may take them from any room. Nothing inside src/ imports one. */
export const entryPoints: ReadonlySet<string> = new Set([
  "src/index.ts",
  "src/indicators/index.ts",
  "src/expert/decorators.ts",
  "src/testing/index.ts",
]);

/** Rooms, and one exchange, that depend on nothing outside src/. */
export const core: ReadonlySet<string> = new Set(["base", "domain", "indicators", "analytics", "expert", "engine", "exchanges/simulated"]);

const outsideWorld = ["archive", "operations", "exchanges/transport", "sandbox/server", "run", "research", "testing", "apps"];

/** What belongs to some rooms only: each name is an import or a global, and `owners` may use it. */
export const possessions: ReadonlyArray<{ readonly names: RegExp; readonly owners: readonly string[]; readonly advice: string }> = [
  {
    names: /^(Date\.now|new Date\(\)|Date\(\)|performance\.\w+|process\.hrtime|node:perf_hooks)$/,
    owners: ["base"],
    advice: "take the time from the clock that is passed in (base/clock.ts)",
  },
  {
    names: /^(setTimeout|setInterval|setImmediate|node:timers(\/promises)?)$/,
    owners: ["base"],
    advice: "wait on the clock that is passed in (base/clock.ts)",
  },
  { names: /^Math\.random$/, owners: ["base"], advice: "draw from the seeded source that is passed in (base/random.ts)" },
  {
    names: /^(node:)?(fs|fs\/promises|child_process|worker_threads|cluster|sqlite)$/,
    owners: outsideWorld,
    advice: `leave files, processes and threads to ${outsideWorld.join(", ")}, and take what is needed as an argument`,
  },
  {
    names: /^(node:)?(net|tls|dgram|dns|dns\/promises|http|https|http2)$|^(ws|fetch|WebSocket|EventSource)$/,
    owners: outsideWorld,
    advice: "reach the network through exchanges/transport",
  },
];
