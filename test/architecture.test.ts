import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { findBreaches } from "./architecture/rules.ts";

const root = join(import.meta.dirname, "..");

describe("the repository", () => {
  it("keeps to its architecture", () => {
    const files = readFiles("{src,test,examples,benchmarks,scripts}/**/*.{ts,tsx,mjs}");
    expect(files.size).toBeGreaterThan(0);
    const breaches = findBreaches(files);
    expect(breaches, `\n${breaches.join("\n")}\n`).toEqual([]);
  });
});

describe("imports between rooms", () => {
  it("allow a room to use a room below it", () => {
    expect(breachesOf({ "src/engine/session.ts": 'import { Bar } from "../domain/bar.ts";', "src/domain/bar.ts": "" })).toEqual([]);
  });

  it("forbid a room to use a room above it, with file and line", () => {
    const [breach] = breachesOf({ "src/domain/bar.ts": '\nimport { run } from "../engine/session.ts";', "src/engine/session.ts": "" });
    expect(breach).toMatch(/^src\/domain\/bar\.ts:2: imports src\/engine\/session\.ts, but engine stands above domain; /);
  });

  it.each([
    'import type { Session } from "../engine/session.ts";',
    'export { Session } from "../engine/session.ts";',
    'export type * from "../engine/session.ts";',
    'const later = () => import("../engine/session.ts");',
    'export type Session = import("../engine/session.ts").Session;',
  ])("count %s as an import", (text) => {
    expect(breachesOf({ "src/domain/bar.ts": text })).toHaveLength(1);
  });

  it("are not found in comments and strings", () => {
    const text = '// import "../engine/a.ts";\nexport const text = "import \'../engine/a.ts\'; Date.now(); setTimeout()";';
    expect(breachesOf({ "src/domain/bar.ts": text })).toEqual([]);
  });

  it.each([
    ["indicators", "analytics"],
    ["analytics", "indicators"],
    ["exchanges", "archive"],
    ["archive", "operations"],
    ["testing", "research"],
  ])("keep %s and %s strangers", (one, other) => {
    expect(breachesOf({ [`src/${one}/a.ts`]: `import "../${other}/b.ts";` })).toEqual([expect.stringContaining("are strangers")]);
  });

  it("forbid one exchange to import another, the simulated one included", () => {
    expect(breachesOf({ "src/exchanges/okx/a.ts": 'import "../bybit/b.ts";' })).toHaveLength(1);
    expect(breachesOf({ "src/exchanges/okx/a.ts": 'import "../simulated/b.ts";' })).toHaveLength(1);
    expect(breachesOf({ "src/exchanges/simulated/a.ts": 'import "../okx/b.ts";' })).toHaveLength(1);
    expect(breachesOf({ "src/exchanges/transport/a.ts": 'import "../okx/b.ts";' })).toHaveLength(1);
    expect(breachesOf({ "src/exchanges/catalogue.ts": 'import "./okx/b.ts";' })).toHaveLength(1);
  });

  it("let exchanges share transport and the files beside their folders", () => {
    const text = 'import "../transport/http.ts";\nimport "../symbols.ts";\nimport "./sign.ts";';
    expect(breachesOf({ "src/exchanges/okx/a.ts": text })).toEqual([]);
  });

  it("let an entry point list names from any room, and nobody inside import it", () => {
    expect(breachesOf({ "src/expert/decorators.ts": 'export * from "../run/backtest.ts";' })).toEqual([]);
    expect(breachesOf({ "src/index.ts": 'export * from "./apps/cli/main.ts";' })).toEqual([]);
    expect(breachesOf({ "src/apps/cli/main.ts": 'import "../../index.ts";' })).toHaveLength(1);
    expect(breachesOf({ "src/apps/cli/main.ts": 'import "metaexpert/indicators";' })).toHaveLength(1);
  });

  it("forbid a file outside every room, and product code that stands on tests", () => {
    expect(breachesOf({ "src/helpers/a.ts": 'import "../base/assert.ts";' })).toEqual([expect.stringContaining("no known room")]);
    expect(breachesOf({ "src/helper.ts": "" })).toHaveLength(1);
    expect(breachesOf({ "src/apps/cli/main.ts": 'import "../../../test/fixture.ts";' })).toHaveLength(1);
  });

  it("forbid packages in the core, and only there", () => {
    expect(breachesOf({ "src/expert/params.ts": 'import { z } from "zod";' })).toHaveLength(1);
    expect(breachesOf({ "src/exchanges/simulated/a.ts": 'import { z } from "zod";' })).toHaveLength(1);
    expect(breachesOf({ "src/apps/cli/main.ts": 'import { z } from "zod";' })).toEqual([]);
  });

  it("name the file with its ending", () => {
    expect(breachesOf({ "src/base/a.ts": 'import "./b.js";' })).toHaveLength(1);
    expect(breachesOf({ "src/base/a.ts": 'import "./b";' })).toHaveLength(1);
  });

  it("are free in a test beside its source", () => {
    expect(breachesOf({ "src/base/clock.test.ts": 'import "../testing/bars.ts";\nsetTimeout(() => Date.now(), 1);' })).toEqual([]);
  });
});

describe("rings", () => {
  it("are found over several files and through types, and told once", () => {
    const files = {
      "src/base/b.ts": 'import type { C } from "./c.ts";',
      "src/base/a.ts": 'import "./b.ts";',
      "src/base/c.ts": 'import "./a.ts";',
      "src/base/outside.ts": 'import "./a.ts";',
    };
    const ring = "src/base/a.ts → src/base/b.ts → src/base/c.ts → src/base/a.ts";
    expect(breachesOf(files)).toEqual([expect.stringContaining(ring)]);
  });

  it("are not seen where two files share a third", () => {
    const files = { "src/base/a.ts": 'import "./b.ts";\nimport "./c.ts";', "src/base/b.ts": 'import "./c.ts";', "src/base/c.ts": "" };
    expect(breachesOf(files)).toEqual([]);
  });
});

describe("time, chance and the outside world", () => {
  it.each([
    "Date.now()",
    "new Date()",
    "new Date",
    "Date()",
    'Date["now"]()',
    "globalThis.Date.now()",
    "const { now } = Date",
    "[1].map(Date.now)",
    "performance.now()",
    "process.hrtime.bigint()",
    "Math.random()",
    "const { random: draw } = Math",
    "setTimeout(() => {}, 1)",
    "setInterval(() => {}, 1)",
    "setImmediate(() => {})",
    "globalThis.setTimeout(() => {}, 1)",
    "const timers = { setTimeout }",
    'import { setTimeout } from "node:timers/promises"',
    'import { performance } from "node:perf_hooks"',
  ])("%s belongs to base", (text) => {
    expect(breachesOf({ "src/apps/cli/main.ts": text })).toHaveLength(1);
    expect(breachesOf({ "src/base/clock.ts": text })).toEqual([]);
    expect(breachesOf({ "scripts/start.ts": text })).toEqual([]);
  });

  it.each([
    "new Date(0)",
    "Date.UTC(2024, 0)",
    "Math.max(1, 2)",
    "clock.setTimeout(() => {}, 1)",
    "interface Clock { setTimeout(run: () => void, ms: number): void; fetch: string }",
    "let timer: ReturnType<typeof setTimeout>",
    "class Clock { setTimeout() {} }",
  ])("%s is free", (text) => {
    expect(breachesOf({ "src/engine/session.ts": text })).toEqual([]);
  });

  it.each(["node:fs", "fs", "node:fs/promises", "node:net", "node:http", "node:child_process", "node:worker_threads"])(
    "%s has its rooms",
    (name) => {
      const text = `import * as it from "${name}";`;
      for (const room of ["base", "domain", "expert", "engine", "exchanges/simulated", "exchanges/okx"]) {
        expect(breachesOf({ [`src/${room}/a.ts`]: text }), room).toHaveLength(1);
      }
      for (const room of ["archive", "operations", "exchanges/transport", "run", "apps/cli", "testing", "research"]) {
        expect(breachesOf({ [`src/${room}/a.ts`]: text }), room).toEqual([]);
      }
    },
  );

  it("the network by global belongs to transport too, and hashing is free", () => {
    expect(breachesOf({ "src/exchanges/okx/a.ts": "await fetch(url);\nnew WebSocket(url);" })).toHaveLength(2);
    expect(breachesOf({ "src/base/hash.ts": 'import { createHash } from "node:crypto";' })).toEqual([]);
  });
});

describe("length", () => {
  it("stops at 400 lines, wherever the file lies", () => {
    expect(breachesOf({ "benchmarks/long.ts": "//\n".repeat(400) })).toEqual([]);
    expect(breachesOf({ "benchmarks/long.ts": "//\n".repeat(401) })).toEqual([expect.stringContaining("401 lines")]);
    expect(breachesOf({ "src/base/long.test.ts": "//\n".repeat(401) })).toHaveLength(1);
  });
});

function breachesOf(files: Record<string, string>): string[] {
  return findBreaches(new Map(Object.entries(files)));
}

function readFiles(pattern: string): Map<string, string> {
  const paths = globSync(pattern, { cwd: root, exclude: (path) => path.includes("node_modules") });
  return new Map(paths.toSorted().map((path) => [path.split(sep).join("/"), readFileSync(join(root, path), "utf8")]));
}
