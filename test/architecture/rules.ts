import { builtinModules } from "node:module";
import { core, entryPoints, floors, possessions } from "./rooms.ts";
import { readSource, type Reference, type Source } from "./source.ts";

const LINES_MAX = 400;

/** Every breach of the architecture in these files (path → text), each as "file:line: what is wrong; what to do". */
export function findBreaches(files: ReadonlyMap<string, string>): string[] {
  const sources = [...files].map(([path, text]) => readSource(path, text));
  return [
    ...sources.flatMap(lengthBreaches),
    ...sources
      .filter(isProductCode)
      .flatMap((source) => [...placeBreaches(source), ...importBreaches(source), ...possessionBreaches(source)]),
    ...cycleBreaches(sources),
  ];
}

function lengthBreaches({ path, lines }: Source): string[] {
  return lines > LINES_MAX ? [`${path}:${LINES_MAX + 1}: ${lines} lines, and ${LINES_MAX} is the limit; split it by idea`] : [];
}

/** Tests lie beside their source but stand above every room: they may use the suites of testing/ and wait in real time. */
function isProductCode({ path }: Source): boolean {
  return path.startsWith("src/") && !path.endsWith(".test.ts");
}

function placeBreaches({ path }: Source): string[] {
  if (entryPoints.has(path) || floorOf(path) !== undefined) return [];
  return [`${path}:1: lies in no known room; move it into one of ${floors.flat().join(", ")}`];
}

function importBreaches(source: Source): string[] {
  return source.imports.flatMap((reference) => {
    const problem = reference.name.startsWith("src/") ? wrongWay(source.path, reference.name) : wrongOutside(source.path, reference.name);
    return problem === undefined ? [] : [`${at(source, reference)} ${problem}`];
  });
}

/** Why `from` may not import `to`, both files of src/. */
function wrongWay(from: string, to: string): string | undefined {
  if (!/\.(ts|tsx|json)$/.test(to)) return `imports ${to}; write the file's name with its ending, .ts`;
  if (entryPoints.has(to)) return `imports the public entry point ${to}; import the file that defines the name`;
  if (entryPoints.has(from)) return undefined;

  const [mine, other] = [roomOf(from), roomOf(to)];
  const [myFloor, otherFloor] = [floorOf(from), floorOf(to)];
  if (myFloor === undefined || otherFloor === undefined) return undefined; // Told once, about the file itself.
  if (mine === other) return mine === "exchanges" ? wrongExchange(from, to) : undefined;
  if (otherFloor > myFloor)
    return `imports ${to}, but ${other} stands above ${mine}; let ${mine} say what it needs as a contract of its own`;
  return otherFloor === myFloor
    ? `imports ${to}, but ${mine} and ${other} are strangers; share through a room below both, or join them in a room above`
    : undefined;
}

/** One exchange never imports another; transport and the files beside the folders are what they share. */
function wrongExchange(from: string, to: string): string | undefined {
  const [mine, other] = [exchangeOf(from), exchangeOf(to)];
  if (other === undefined || other === mine || other === "transport") return undefined;
  if (mine === undefined) return `imports ${to}, but what exchanges share knows none of them; choose an exchange in run`;
  return `imports ${to}, but one exchange never imports another; share through exchanges/transport or a room below`;
}

function wrongOutside(path: string, name: string): string | undefined {
  if (name === "metaexpert" || name.startsWith("metaexpert/"))
    return `imports the package itself as "${name}"; import the file that defines the name`;
  if (/^(\.\.|test|examples|benchmarks|scripts|bin|templates|web)(\/|$)/.test(name))
    return `imports ${name} from outside src; product code stands on src alone`;
  const isPackage = !name.startsWith("node:") && !builtinModules.includes(name) && !name.endsWith(".json");
  const room = [...core].find((owner) => isIn(path, owner));
  return isPackage && room !== undefined
    ? `imports the package "${name}", but ${room} depends on nothing outside src; move this to a room above`
    : undefined;
}

function possessionBreaches(source: Source): string[] {
  return [...source.imports, ...source.globals].flatMap((reference) =>
    possessions
      .filter(({ names, owners }) => names.test(reference.name) && !owners.some((owner) => isIn(source.path, owner)))
      .map(({ advice }) => `${at(source, reference)} uses ${reference.name}; ${advice}`),
  );
}

/** Each ring of files that import one another, told once and from its alphabetically first file. */
function cycleBreaches(sources: readonly Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const done = new Set<string>();
  const rings = new Set<string>();

  const follow = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) rings.add(describeRing(trail.slice(start)));
    if (start >= 0 || done.has(path)) return;
    for (const { name } of byPath.get(path)?.imports ?? []) if (byPath.has(name)) follow(name, [...trail, path]);
    done.add(path);
  };
  for (const path of byPath.keys()) follow(path, []);
  return [...rings];
}

function describeRing(ring: readonly string[]): string {
  const first = ring.toSorted()[0] ?? "";
  const start = ring.indexOf(first);
  const ordered = [...ring.slice(start), ...ring.slice(0, start), first];
  return `${first}:1: imports itself in a ring, ${ordered.join(" → ")}; move what both need into a file of its own`;
}

function at({ path }: Source, { line }: Reference): string {
  return `${path}:${line}:`;
}

function isIn(path: string, room: string): boolean {
  return path.startsWith(`src/${room}/`);
}

function roomOf(path: string): string {
  return path.split("/").length > 2 ? (path.split("/")[1] ?? "") : "";
}

function exchangeOf(path: string): string | undefined {
  const parts = path.split("/");
  return parts.length > 3 ? parts[2] : undefined;
}

function floorOf(path: string): number | undefined {
  const floor = floors.findIndex((rooms) => rooms.includes(roomOf(path)));
  return floor < 0 ? undefined : floor;
}
