import { join } from "node:path";
import { ConfigurationError } from "../../base/errors.ts";
import { shownPath } from "../../run/user-file.ts";
import { refuseOccupied, writeFolder } from "../../run/write-folder.ts";
import { oneOf, quoted } from "./arguments.ts";
import type { CliContext } from "./context.ts";
import { PROJECT_EXCHANGES, PROJECT_MARKETS, PROJECT_STYLES, projectFiles, type ProjectChoices } from "./project-files.ts";

/** What `metaexpert new` is told by flags instead of answers. */
export interface NewFlags {
  readonly exchange?: string;
  readonly market?: string;
  readonly style?: string;
  readonly yes?: boolean;
}

type Given = { readonly [Name in keyof ProjectChoices]: ProjectChoices[Name] | undefined };

const DEFAULT_NAME = "my-expert";
const INTERRUPTED = 130;

/** `metaexpert new NAME` */
export async function newCommand(name: string | undefined, flags: NewFlags, context: CliContext): Promise<void> {
  const given: Given = {
    name: name === undefined ? undefined : checkedName(name),
    exchange: flags.exchange === undefined ? undefined : oneOf("--exchange", flags.exchange, PROJECT_EXCHANGES),
    market: flags.market === undefined ? undefined : oneOf("--market", flags.market, PROJECT_MARKETS),
    style: flags.style === undefined ? undefined : oneOf("--style", flags.style, PROJECT_STYLES),
  };
  if (given.name !== undefined) refuseOccupied(join(context.cwd, given.name));
  const choices = context.interactive && flags.yes !== true ? await ask(given) : withDefaults(given, flags.yes === true);
  if (choices === undefined) {
    context.print("Nothing was written.");
    context.exitCode = INTERRUPTED;
    return;
  }
  const folder = join(context.cwd, choices.name);
  const files = projectFiles(choices);
  refuseOccupied(folder);
  writeFolder(folder, files);
  if (context.json) return context.printJson({ folder, files: Object.keys(files) });
  const shown = shownPath(folder, context.cwd);
  context.print(`${shown} is ready: ${Object.keys(files).join(", ")}.\n
Next:
  npx metaexpert backtest ${shown} --simulated   run it on a simulated market
  cd ${shown} && npm install && npm test         let its test pass`);
}

function withDefaults({ name, exchange = "binance", market = "spot", style = "function" }: Given, isAgreed: boolean): ProjectChoices {
  if (name === undefined && !isAgreed) throw new ConfigurationError(`name the project: metaexpert new ${DEFAULT_NAME}`);
  return { name: name ?? DEFAULT_NAME, exchange, market, style };
}

/** Asks for what no flag has said; undefined when Ctrl-C ends it. */
async function ask(given: Given): Promise<ProjectChoices | undefined> {
  const { isCancel, select, text } = await import("@clack/prompts");
  const name =
    given.name ??
    (await text({ message: "Name of the project?", placeholder: DEFAULT_NAME, defaultValue: DEFAULT_NAME, validate: problemOf }));
  if (isCancel(name)) return undefined;
  const exchange = given.exchange ?? (await select({ message: "Which exchange?", options: optionsOf(PROJECT_EXCHANGES) }));
  if (isCancel(exchange)) return undefined;
  const market = given.market ?? (await select({ message: "Which market?", options: optionsOf(PROJECT_MARKETS) }));
  if (isCancel(market)) return undefined;
  const hints = { function: "defineExpert(…), the short form", class: "decorators such as @onBar" };
  const styles = PROJECT_STYLES.map((value) => ({ value, label: value, hint: hints[value] }));
  const style = given.style ?? (await select({ message: "How shall it be written?", options: styles }));
  return isCancel(style) ? undefined : { name, exchange, market, style };
}

function optionsOf<const T extends string>(values: readonly T[]): { value: T; label: string }[] {
  return values.map((value) => ({ value, label: value }));
}

/** What is wrong with a typed name; the empty line takes the default. */
function problemOf(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    checkedName(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A name that npm, a folder on every system and a shell take without quotes. */
function checkedName(text: string): string {
  const isTaken = /^(con|prn|aux|nul|com\d|lpt\d|node_modules|metaexpert)$/i.test(text);
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/.test(text) && !isTaken) return text;
  const near = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, "-")
    .replaceAll(/^[-_]+|-+$/g, "")
    .slice(0, 64);
  const advice = near === "" || near === text || isTaken ? DEFAULT_NAME : near;
  throw new ConfigurationError(`${quoted(text)} cannot be a project's name; use small letters, digits and "-", such as ${advice}`);
}
