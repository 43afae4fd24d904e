import { existsSync, readFileSync } from "node:fs";
import { packageVersion } from "../../run/package-version.ts";
import { fileURLToPath } from "node:url";

export const PROJECT_EXCHANGES = ["binance", "bybit", "okx", "bitget", "kucoin"] as const;
export const PROJECT_MARKETS = ["spot", "futures"] as const;
export const PROJECT_STYLES = ["function", "class"] as const;

/** What a new project is to be. */
export interface ProjectChoices {
  readonly name: string;
  readonly exchange: (typeof PROJECT_EXCHANGES)[number];
  readonly market: (typeof PROJECT_MARKETS)[number];
  readonly style: (typeof PROJECT_STYLES)[number];
}

/** This package's folder, in the repository as where it is installed. */
const ROOT = new URL("../../../", import.meta.url);

/** Exchanges whose keys come with a passphrase. */
const WITH_PASSPHRASE: ReadonlySet<string> = new Set(["okx", "bitget", "kucoin"]);

/** Names and texts of a new project's files. */
export function projectFiles(choices: ProjectChoices): Readonly<Record<string, string>> {
  const values = {
    title: titleOf(choices.name),
    exchange: choices.exchange,
    market: choices.market,
    credentials: emptyVariables(credentialNames(choices.exchange)),
    testnetCredentials: emptyVariables(testnetCredentialNames(choices.exchange)),
  };
  const file = (path: string): string => filled(readFileSync(new URL(`templates/${path}`, ROOT), "utf8"), values);
  return {
    "expert.ts": file(`experts/${choices.market}-${choices.style}.ts`),
    "expert.test.ts": file("project/expert.test.ts"),
    "metaexpert.config.ts": configText(choices),
    "README.md": file("project/README.md"),
    ".env.example": file("project/env.example"),
    ".gitignore": file("project/gitignore"),
    "package.json": toText(packageJson(choices.name)),
    "tsconfig.json": toText(tsconfig()),
  };
}

/** Names of the environment variables that hold an exchange's credentials. */
export function credentialNames(exchange: string): readonly string[] {
  const names = ["API_KEY", "API_SECRET", ...(WITH_PASSPHRASE.has(exchange) ? ["API_PASSPHRASE"] : [])];
  return names.map((name) => `${exchange.toUpperCase()}_${name}`);
}

/** The same for an exchange's test market. */
export function testnetCredentialNames(exchange: string): readonly string[] {
  return credentialNames(exchange).map((name) => name.replace("_API_", "_TESTNET_API_"));
}

function emptyVariables(names: readonly string[]): string {
  return names.map((name) => `${name}=`).join("\n");
}

function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
}

function configText({ exchange, market }: ProjectChoices): string {
  const lines = [
    `exchange: "${exchange}",`,
    `marketType: "${market}",`,
    ...(market === "futures" ? ['contractType: "linear",'] : []),
    "initialCapital: 10_000,",
    "risk: { slippagePct: 0.02 },",
  ];
  return `import type { RunOptions } from "metaexpert";

/** Where and with what the expert runs. A flag of the command line wins over a line here. */
export default {
${lines.map((line) => `  ${line}`).join("\n")}
} satisfies RunOptions;
`;
}

function packageJson(name: string): object {
  const own = isRepository() ? `file:${fileURLToPath(ROOT).replace(/[\\/]$/, "")}` : packageVersion();
  // From the sources, Node has to be told to read them instead of a build.
  const conditions = isRepository() ? "--conditions=metaexpert-source " : "";
  return {
    name,
    version: "0.1.0",
    private: true,
    type: "module",
    engines: { node: ">=22.18" },
    scripts: {
      backtest: "metaexpert backtest .",
      test: `node ${conditions}--test`,
      types: "tsc --noEmit",
    },
    dependencies: { metaexpert: own },
    devDependencies: { "@types/node": "24.19.2", typescript: "7.0.2" },
  };
}

function tsconfig(): object {
  return {
    compilerOptions: {
      target: "es2024",
      lib: ["es2024", "esnext.disposable", "esnext.decorators", "es2025.iterator", "es2025.collection"],
      module: "nodenext",
      moduleResolution: "nodenext",
      ...(isRepository() ? { customConditions: ["metaexpert-source"] } : {}),
      types: ["node"],
      noEmit: true,
      allowImportingTsExtensions: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
    },
    include: ["*.ts"],
  };
}

/** The sources lie beside the templates in the repository only. */
function isRepository(): boolean {
  return existsSync(new URL("src/index.ts", ROOT));
}

/** "my-expert" → "My expert" */
function titleOf(name: string): string {
  const words = name.replaceAll(/[-_]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
