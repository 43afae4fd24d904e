import { isHiddenName } from "../../operations/logging/redactor.ts";

/** Everything among environment variables that may never be printed, logged or stored: what is called a key, a secret, a token and so on. */
export function secretValues(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const values = Object.entries(env).flatMap(([name, value]) => (value !== undefined && isHiddenName(name) ? spellings(value) : []));
  return [...new Set(values)];
}

/** With and without what copying has left around a value; a key in PEM may be written on one line. */
function spellings(value: string): readonly string[] {
  const bare = value.trim().replaceAll(/^["'`]|["'`]$/g, "");
  return [value, bare, bare.replaceAll(String.raw`\n`, "\n")];
}
