import { shownPath } from "../../../run/user-file.ts";
import { readEnvironment, type Environment } from "../env-file.ts";
import { credentialNames, PROJECT_EXCHANGES, testnetCredentialNames } from "../project-files.ts";
import { type Check, type Finding, reasonOf } from "./finding.ts";

/** Which exchanges a live run could sign for, and with what; never a value. */
export const checkCredentials: Check = async ({ cwd, env }) => {
  const subject = "credentials";
  let environment: Environment;
  try {
    environment = readEnvironment({ cwd, env });
  } catch (error) {
    return [{ status: "fail", subject, text: "cannot be read", remedy: reasonOf(error) }];
  }
  const { values, file } = environment;
  const origin = file === undefined ? "in the environment" : `in the environment and ${shownPath(file, cwd)}`;
  const findings = PROJECT_EXCHANGES.flatMap((exchange) => {
    return [credentialNames(exchange), testnetCredentialNames(exchange)].flatMap((names) => findingFor(names, values, origin));
  });
  if (findings.length > 0) return findings;
  return [{ status: "ok", subject, text: "none; backtest, paper and --sandbox need none, live needs those of its exchange" }];
};

function findingFor(names: readonly string[], values: Environment["values"], origin: string): readonly Finding[] {
  const missing = names.filter((name) => (values[name] ?? "").trim() === "");
  if (missing.length === names.length) return [];
  const subject = "credentials";
  if (missing.length === 0) return [{ status: "ok", subject, text: `${names.join(", ")} are set ${origin}` }];
  const there = names.filter((name) => !missing.includes(name));
  return [{ status: "warn", subject, text: `${there.join(", ")} without ${missing.join(", ")}`, remedy: "set all of them, or none" }];
}
