import { ConfigurationError } from "../base/errors.ts";
import { isPlainObject, show, type ValueKind } from "./option-kinds.ts";
import { checkParam } from "./params.ts";
import { isSecretName, SECRET_ADVICE } from "./secret-names.ts";

const NAME_PATTERN = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** The parameters an expert declares. */
export const paramSpecs: ValueKind = {
  type: "object of parameters",
  range: "",
  example: {},
  problem(value, path) {
    if (!isPlainObject(value)) return `${path}: ${show(value)} is not an object; write ${path}: { fast: int(12, { min: 3, max: 50 }) }`;
    for (const [name, param] of Object.entries(value)) {
      const problem = nameProblem(name, path) ?? declarationProblem(param, `${path}.${name}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  },
};

/** The values a run gives to an expert's parameters; `resolveParams` checks them against the declarations. */
export const paramValues: ValueKind = {
  type: "object of values",
  range: "",
  example: {},
  problem(value, path) {
    if (!isPlainObject(value)) return `${path}: ${show(value)} is not an object; write ${path}: { fast: 12 }`;
    for (const [name, part] of Object.entries(value)) {
      const problem = nameProblem(name, path);
      if (problem !== undefined) return problem;
      if (!["number", "string", "boolean"].includes(typeof part))
        return `${path}.${name}: ${show(part)} is not a number, a text, true or false`;
    }
    return undefined;
  },
};

function nameProblem(name: string, path: string): string | undefined {
  if (isSecretName(name)) return `${path}.${name}: ${SECRET_ADVICE}`;
  if (NAME_PATTERN.test(name)) return undefined;
  return `${path}: ${show(name)} is not a name for a parameter; use letters, digits and "_", a letter first`;
}

function declarationProblem(param: unknown, path: string): string | undefined {
  try {
    checkParam(param);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return `${path}: ${error.message}`;
    throw error;
  }
}
