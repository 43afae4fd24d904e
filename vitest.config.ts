import { transform } from "esbuild";
import { defineConfig, type Plugin } from "vitest/config";

const property = "{src,test}/**/*propert{y,ies}.test.ts";
const architecture = "test/architecture.test.ts";

export default defineConfig({
  plugins: [decorators()],
  // `import … from "metaexpert"` means the sources; the rest are Vite's own defaults, which a list of conditions replaces.
  resolve: { conditions: ["metaexpert-source", "module", "node", "development|production"] },
  ssr: { resolve: { conditions: ["metaexpert-source", "module", "node", "development|production"] } },
  test: {
    maxWorkers: 2,
    passWithNoTests: true,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "architecture", include: [architecture] } },
      { extends: true, test: { name: "unit", include: ["src/**/*.test.ts"], exclude: [property] } },
      { extends: true, test: { name: "property", include: [property] } },
      { extends: true, test: { name: "integration", include: ["{test,examples}/**/*.test.ts"], exclude: [architecture, property] } },
    ],
  },
});

/** Vitest's own compiler leaves TC39 decorators in the code, so files that use them go through esbuild first. */
function decorators(): Plugin {
  return {
    name: "metaexpert:decorators",
    enforce: "pre",
    async transform(code, id) {
      if (!id.endsWith(".ts") || !/(^|\s)@\w|\baccessor\b/.test(code)) return null;
      const { code: compiled, map } = await transform(code, { loader: "ts", target: "es2022", sourcemap: true, sourcefile: id });
      return { code: compiled, map };
    },
  };
}
