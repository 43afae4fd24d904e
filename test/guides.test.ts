import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { EVENT_NAMES } from "../src/expert/events.ts";

const root = join(import.meta.dirname, "..");
const guides = ["writing-an-expert", "options", "indicators"];

/** What a piece of an expert stands in: a setup function with the indicators at hand. */
function asModule(code: string): string {
  if (/^import /m.test(code)) return code;
  const head =
    'import { atr, ema } from "metaexpert/indicators";\nimport type { Expert } from "metaexpert";\nexport const used = [atr, ema];\n';
  return `${head}export function setup(expert: Expert): void {\n${code}\n}\n`;
}

test("every piece of TypeScript in the guides compiles", async () => {
  const folder = join(root, "node_modules", ".cache", "metaexpert", `guides-${process.pid}`);
  await mkdir(folder, { recursive: true });
  try {
    for (const guide of guides) {
      const text = await readFile(join(root, "docs", "guides", `${guide}.md`), "utf8");
      const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");
      expect(blocks.length).toBeGreaterThan(0);
      for (const [index, code] of blocks.entries()) await writeFile(join(folder, `${guide}-${index + 1}.ts`), asModule(code));
    }
    expect(await compile(folder)).toBe("");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("the guide tells of every event, in the order in which a run comes to them", async () => {
  const text = await readFile(join(root, "docs", "guides", "writing-an-expert.md"), "utf8");
  const told = [...text.matchAll(/^\| `(on\w+)/gm)].map((match) => match[1]);
  expect(told).toEqual(EVENT_NAMES);
});

/** What the compiler says, but for what it says about the sources, which have a check of their own; nothing when all is well. */
async function compile(folder: string): Promise<string> {
  const source = join(root, "src");
  const paths = {
    metaexpert: [join(source, "index.ts")],
    "metaexpert/indicators": [join(source, "indicators", "index.ts")],
    "metaexpert/decorators": [join(source, "expert", "decorators.ts")],
    "metaexpert/testing": [join(source, "testing", "index.ts")],
  };
  const options = { paths, types: [join(root, "node_modules", "@types", "node")] };
  const file = join(folder, "tsconfig.json");
  await writeFile(file, JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions: options, include: ["*.ts"] }));
  const compiler = join(root, "node_modules", "@typescript", "native", "bin", "tsc");
  try {
    await promisify(execFile)(process.execPath, [compiler, "-p", file, "--noEmit", "--pretty", "false"], { cwd: folder });
    return "";
  } catch (error) {
    const output = (error as { readonly stdout?: string }).stdout ?? String(error);
    return output
      .split("\n")
      .filter((line) => !line.startsWith("..") && !line.startsWith(" "))
      .join("\n")
      .trim();
  }
}
