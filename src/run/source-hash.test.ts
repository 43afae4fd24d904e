import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hashSources } from "./source-hash.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "metaexpert-hash-"));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test("the hash does not depend on the place", () => {
  expect(hashOf("one")).toBe(hashOf("two"));
});

test.each([
  ["the file itself", { "expert.ts": 'import { a } from "./a.ts";\nexport default a + 1;' }],
  ["a file that it imports", { "a.ts": 'export * from "../shared.ts";\nexport const a = 2;' }],
  ["a file that only an imported one imports", { "../shared.ts": "export const shared = 2;" }],
])("another text of %s gives another hash", (_, changes) => {
  expect(hashOf("changed", changes)).not.toBe(hashOf("plain"));
});

test("a file that nobody imports changes nothing", () => {
  expect(hashOf("more", { "notes.ts": "export const note = 1;" })).toBe(hashOf("plain"));
});

test("files that import each other come to an end", () => {
  expect(hashOf("ring", { "a.ts": 'import "./expert.ts";\nexport const a = 1;' })).toMatch(/^[0-9a-f]{64}$/);
});

function hashOf(name: string, changes: Readonly<Record<string, string>> = {}): string {
  const files = {
    "expert.ts": 'import { a } from "./a.ts";\nexport default a;',
    "a.ts": 'export * from "../shared.ts";\nexport const a = 1;',
    "../shared.ts": "export const shared = 1;",
    ...changes,
  };
  const folder = join(root, name, "expert");
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return hashSources(join(folder, "expert.ts"));
}
