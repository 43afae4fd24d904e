import { transform } from "esbuild";
import { defineConfig, type Plugin } from "vitest/config";

/** Vitest's own compiler leaves TC39 decorators in the code, so files that use them go through esbuild first. */
function decorators(): Plugin {
  return {
    name: "metaexpert:decorators",
    enforce: "pre",
    async transform(code, id) {
      if (!id.endsWith(".ts") || !/(^|\s)@\w|\baccessor\b/.test(code)) return null;
      const result = await transform(code, { loader: "ts", target: "es2022", sourcemap: true, sourcefile: id });
      return { code: result.code, map: result.map };
    },
  };
}

export default defineConfig({
  plugins: [decorators()],
  resolve: { conditions: ["metaexpert-source"] },
  ssr: { resolve: { conditions: ["metaexpert-source"] } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "examples/**/*.test.ts"],
    passWithNoTests: true,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
