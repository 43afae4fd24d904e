/** What the page is built from besides the run: all text, so that rendering needs no files. */
export interface TearSheetAssets {
  readonly style: string;
  /** Our own code of the page as one script. */
  readonly script: string;
  /** The price chart's library, TradingView's Lightweight Charts, with its licence notice. */
  readonly chartLibrary: string;
}

/** The page's style sheets in the order in which they hold. */
const STYLES = ["scheme.css", "ground.css", "cards.css", "controls.css", "charts.css", "tables.css", "details.css", "narrow.css"];

/** The page's own modules, each after those it imports. */
const MODULES = [
  "data.js",
  "format.js",
  "svg.js",
  "time-axis.js",
  "time-chart.js",
  "bar-charts.js",
  "price-colours.js",
  "trade-lines.js",
  "price-chart.js",
  "trade-list.js",
  "tabs.js",
  "tips.js",
  "theme.js",
  "main.js",
];

/**
 * Reads the page's assets through the given reader: `loadTearSheetAssets((file) => readFileSync(file, "utf8"))`.
 * They lie beside this file, in the sources as in the built package.
 */
export function loadTearSheetAssets(readText: (file: URL) => string): TearSheetAssets {
  const page = (name: string): string => readText(new URL(`page/${name}`, import.meta.url));
  const library = new URL("lightweight-charts.standalone.production.js", import.meta.resolve("lightweight-charts"));
  return {
    style: STYLES.map(page).join("\n"),
    script: joinModules(MODULES.map((name) => [name, page(name)])),
    chartLibrary: readText(library),
  };
}

/**
 * Modules that import only named things from modules before them, as the text of one. Each keeps its own scope: its imports become
 * lookups of what the earlier ones left behind.
 */
export function joinModules(modules: readonly (readonly [name: string, text: string])[]): string {
  const parts = modules.map(([name, text]) => {
    const exported = [...text.matchAll(/^export (?:function|const|class) (\w+)/gm)].map((match) => match[1]);
    const body = text.replaceAll(/^import (\{[^}]*\}) from "\.\/([^"]+)";$/gm, 'const $1 = modules["$2"];').replaceAll(/^export /gm, "");
    return `modules["${name}"] = (() => {\n${body}return { ${exported.join(", ")} };\n})();`;
  });
  return ["const modules = {};", ...parts].join("\n");
}
