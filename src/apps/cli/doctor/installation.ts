import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfig } from "../../../run/load-config.ts";
import { packageVersion } from "../../../run/package-version.ts";
import { shownPath } from "../../../run/user-file.ts";
import { type Check, type Finding, reasonOf } from "./finding.ts";

/** This package's folder, in the repository as where it is installed. */
const ROOT = new URL("../../../../", import.meta.url);

export const checkNode: Check = async () => {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  const isSupported = major === 22 ? minor >= 18 : major === 23 ? minor >= 6 : major > 23;
  if (!isSupported) return [{ status: "fail", subject: "Node", text: node, remedy: "install Node 24 from https://nodejs.org" }];
  if (major === 24) return [{ status: "ok", subject: "Node", text: node }];
  return [{ status: "ok", subject: "Node", text: `${node} (24 is what metaexpert is tested on)` }];
};

/** Every dependency that the package names has to be there, and the files it starts from. */
export const checkPackage: Check = async () => {
  const { dependencies = {} } = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  const missing = Object.keys(dependencies).filter((name) => !isInstalled(name));
  const lost = ["bin/metaexpert.mjs", "bin/register.mjs", "templates/project/README.md"].filter((path) => !existsSync(new URL(path, ROOT)));
  const subject = "metaexpert";
  if (missing.length > 0) return [{ status: "fail", subject, text: `lacks ${missing.join(", ")}`, remedy: "run npm install again" }];
  if (lost.length > 0) return [{ status: "fail", subject, text: `lacks its files ${lost.join(", ")}`, remedy: "install it again" }];
  const origin = existsSync(new URL("src/index.ts", ROOT)) ? "from its sources" : "as a package";
  return [{ status: "ok", subject, text: `${packageVersion()} ${origin}, ${Object.keys(dependencies).length} dependencies in place` }];
};

function isInstalled(name: string): boolean {
  try {
    return import.meta.resolve(name) !== "";
  } catch {
    return false;
  }
}

/** DuckDB reads the Parquet files of other programs; it is native code, so it can be there and not load. */
export const checkDuckdb: Check = async () => {
  const subject = "DuckDB";
  try {
    const { DuckDBInstance, version } = await import("@duckdb/node-api");
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const answer = await connection.runAndReadAll("select 42");
    connection.closeSync();
    if (Number(answer.getRows()[0]?.[0]) === 42) return [{ status: "ok", subject, text: `${version()} loads and answers` }];
    return [{ status: "fail", subject, text: "gives wrong answers", remedy: "run npm install again" }];
  } catch (error) {
    return [{ status: "fail", subject, text: `does not load (${reasonOf(error)})`, remedy: "run npm install again on this machine" }];
  }
};

/** The configuration of the project in which the command was started. */
export const checkConfiguration: Check = async ({ cwd }) => {
  const subject = "configuration";
  try {
    const { file } = await loadConfig({ expertFile: join(cwd, "expert.ts"), cwd });
    const text =
      file === undefined ? "there is no metaexpert.config.ts here; a run takes flags and defaults" : `${shownPath(file, cwd)} is valid`;
    return [{ status: "ok", subject, text } satisfies Finding];
  } catch (error) {
    return [{ status: "fail", subject, text: "cannot be used", remedy: reasonOf(error) }];
  }
};
