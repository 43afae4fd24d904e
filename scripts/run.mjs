/** The launcher behind every npm script: makes sure of Node and packages, then runs the named task. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { ToolchainError, ensureNode, ensurePackages, report, root, run, toolEnvironment } from "./toolchain.mjs";

const packagesOfTools = { attw: "@arethetypeswrong/cli", biome: "@biomejs/biome", tsc: "@typescript/native" };
const format = step("format", "biome", ["format", "."]);
const lint = step("lint", "oxlint", ["--type-aware", "--deny-warnings"]);
const types = step("types", "tsc", ["-p", "tsconfig.json", "--noEmit"]);
const unused = step("unused code (knip)", "knip", []);
const build = { title: "build", run: buildPackage };
const packed = step("package (publint, attw)", "node", ["scripts/check-package.ts"]);

const generatedPages = [
  "src/analytics/statistics-page.test.ts",
  "src/expert/options-page.test.ts",
  "test/indicators/reference-page.test.ts",
];

/** Each task takes the arguments after its name and gives an exit code. */
const tasks = {
  start: (tools, args) => runScript(tools, "scripts/start.ts", args),
  test: (tools, args) => (args.length > 0 ? tests(tools, args) : testAll(tools)),
  check: (tools) => testAll(tools, [unused, build, packed]),
  format: (tools, args) => tools("biome", ["format", "--write", ...(args.length > 0 ? args : ["."])]),
  lint: (tools, args) => tools("oxlint", ["--type-aware", "--deny-warnings", ...args]),
  types: (tools, args) => tools("tsc", ["-p", "tsconfig.json", "--noEmit", ...args]),
  build: buildPackage,
  fuzz: (tools, args) => runScript(tools, "scripts/fuzz.ts", args),
  simulate: (tools, args) => runScript(tools, "scripts/simulate.ts", args),
  bench: (tools, args) => runScript(tools, "benchmarks/run.ts", args),
  kills: (tools, args) => runScript(tools, "scripts/kill-test.ts", args),
  // The pages are snapshots of their definitions; the same tests fail when one is out of date.
  docs: (tools) => tools("vitest", ["run", ...generatedPages, "--update"]),
  exec: (tools, [tool = "node", ...args]) => tools(tool, args),
};

const [name = "", ...taskArguments] = process.argv.slice(2);
try {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (!task) throw new ToolchainError(`There is no task "${name}"; choose one of ${Object.keys(tasks).join(", ")}.`);
  const node = await ensureNode();
  await ensurePackages(node);
  process.exitCode = await task(toolRunner(node), taskArguments);
} catch (error) {
  process.exitCode = report(error);
}

/** What npm publishes: JavaScript and types from the sources, and the texts that reports are made of beside them. */
async function buildPackage(tools) {
  const dist = join(root, "dist");
  rmSync(dist, { recursive: true, force: true });
  const code = await tools("tsc", ["-p", "tsconfig.build.json"]);
  cpSync(join(root, "src"), dist, { recursive: true, filter: (file) => statSync(file).isDirectory() || /\.(css|js|html)$/.test(file) });
  return code;
}

/** Starts an installed tool, or a script of ours with "node", on the right Node. */
function toolRunner(node) {
  const env = toolEnvironment(node);
  return (tool, args) => run(node, tool === "node" ? args : [toolFile(tool), ...args], { cwd: root, env });
}

/** The file a tool's package names as its command: the links in node_modules/.bin are shell scripts on Windows. */
function toolFile(tool) {
  const home = join(root, "node_modules", packagesOfTools[tool] ?? tool);
  if (!existsSync(home)) throw new ToolchainError(`The tool "${tool}" is not installed.`);
  const { bin } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  return join(home, typeof bin === "string" ? bin : bin[tool]);
}

function step(title, tool, args) {
  return { title, run: (tools) => tools(tool, args) };
}

function runScript(tools, file, args) {
  if (!existsSync(join(root, file))) throw new ToolchainError(`${file} does not exist yet.`);
  return tools("node", ["--import", "./bin/register.mjs", file, ...args]);
}

/** Every step runs even when one before it failed, so that one run tells everything. */
async function testAll(tools, more = []) {
  const failed = [];
  for (const { title, run: runStep } of [format, lint, types, ...more]) {
    const started = performance.now();
    const code = await runStep(tools);
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    console.log(code === 0 ? `✓ ${title}: passed in ${seconds} s` : `✗ ${title}: FAILED in ${seconds} s`);
    if (code !== 0) failed.push(title);
  }
  const code = await tests(tools, [], failed);
  return failed.length > 0 ? 1 : code;
}

/** Vitest with its own summary, closed by one plain line that counts the tests. */
async function tests(tools, args, failedSteps = []) {
  const folder = join(root, "node_modules", ".cache", "metaexpert");
  const file = join(folder, `tests-${process.pid}.json`);
  mkdirSync(folder, { recursive: true });
  const code = await tools("vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...args]);
  const { passed, failed, skipped } = countTests(file, code);
  if (failedSteps.length > 0) console.log(`✗ These steps before the tests FAILED: ${failedSteps.join(", ")}`);
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return failed > 0 ? code || 1 : code;
}

/** A file that could not be loaded, and an error outside any test, count as one failure each. */
function countTests(file, code) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  if (existsSync(file)) {
    for (const { status, assertionResults } of JSON.parse(readFileSync(file, "utf8")).testResults) {
      const failures = assertionResults.filter((result) => result.status === "failed").length;
      const passes = assertionResults.filter((result) => result.status === "passed").length;
      counts.passed += passes;
      counts.failed += status === "failed" && failures === 0 ? 1 : failures;
      counts.skipped += assertionResults.length - failures - passes;
    }
    rmSync(file, { force: true });
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}
