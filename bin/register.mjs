/**
 * Makes `metaexpert` and `metaexpert/…` mean this very package in every module of this thread, wherever the importing file lies:
 * the TypeScript sources in the repository, the built files in an installed package. Import it, or start a worker with
 * `execArgv: ["--import", <this file>]`.
 */
import { existsSync } from "node:fs";
import module from "node:module";

const insideThePackage = import.meta.url;
const fromSource = existsSync(new URL("../src/index.ts", import.meta.url));
const name = /^metaexpert(\/|$)/;

module.registerHooks({
  resolve(specifier, context, next) {
    if (!name.test(specifier)) return next(specifier, context);
    const conditions = fromSource ? [...(context.conditions ?? []), "metaexpert-source"] : context.conditions;
    return next(specifier, { ...context, conditions, parentURL: insideThePackage });
  },
});
