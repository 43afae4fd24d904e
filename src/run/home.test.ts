import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectFolder, resolveHome } from "./home.ts";

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "metaexpert-home-")));
  mkdirSync(join(root, "project", "experts", "deep"), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test("the project is the nearest folder upward with a configuration or a package.json", () => {
  writeFileSync(join(root, "package.json"), "{}");
  const deep = join(root, "project", "experts", "deep");
  expect(projectFolder(deep)).toBe(root);
  writeFileSync(join(root, "project", "metaexpert.config.mjs"), "");
  expect(projectFolder(deep)).toBe(join(root, "project"));
});

test("everything is stored in the project, elsewhere by variable, and the flag wins", () => {
  writeFileSync(join(root, "package.json"), "{}");
  const cwd = join(root, "project");
  expect(resolveHome({ cwd, env: {} })).toBe(join(root, ".metaexpert"));
  expect(resolveHome({ cwd, env: { METAEXPERT_HOME: "there" } })).toBe(join(cwd, "there"));
  expect(resolveHome({ cwd, env: { METAEXPERT_HOME: "there" }, home: "here" })).toBe(join(cwd, "here"));
});

test.each([
  ["empty", "", /METAEXPERT_HOME is empty/],
  ["a blank", "  ", /METAEXPERT_HOME is empty/],
  ["a NUL character", "a\0b", /NUL character/],
])("a home that is %s is refused", (_, value, says) => {
  expect(() => resolveHome({ cwd: root, env: { METAEXPERT_HOME: value } })).toThrow(says);
});
