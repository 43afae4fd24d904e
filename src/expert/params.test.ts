import { describe, expect, test } from "vitest";
import { bool, checkParam, choice, float, int, parseParam, resolveParams } from "./params.ts";

const specs = {
  fast: int(12, { min: 3, max: 50 }),
  factor: float(1.5, { min: 0, max: 2 }),
  side: choice("long", ["long", "short"]),
  hours: choice(4, [1, 4, 8]),
  trail: bool(true),
};

describe("a declaration", () => {
  test("keeps its default, its range and the grid of an optimiser", () => {
    expect(specs.fast).toEqual({ kind: "int", default: 12, min: 3, max: 50, step: 1 });
    expect(specs.factor).toEqual({ kind: "float", default: 1.5, min: 0, max: 2, step: 0.02 });
    expect(int(10, { min: 10, max: 100, step: 5 }).step).toBe(5);
  });

  test.each([
    [() => int(12, { min: 20, max: 50 }), "int: the default: 12 is outside 20 to 50"],
    [() => int(1.5, { min: 1, max: 2 }), "int: the default: 1.5 is not a whole number"],
    [() => int(1, { min: 0.5, max: 2 }), "int: min, max and step are whole numbers"],
    [() => int(1, { min: 5, max: 2 }), "int: min 5 and max 2 are no range; give finite numbers with min <= max"],
    [() => int(1, { min: 1, max: 2, step: 0 }), "int: step 0 is not above zero"],
    [() => int(1, undefined as never), "the second argument is missing; write int(12, { min: 3, max: 50 })"],
    [() => float(NaN, { min: 0, max: 1 }), "float: the default: NaN is not a number"],
    [() => float(1, { min: 0, max: Infinity }), "float: min 0 and max Infinity are no range; give finite numbers with min <= max"],
    [() => choice("a" as never, []), "choice: give at least one option"],
    [() => choice("b" as never, ["a"]), 'choice: the default: "b" is not one of a'],
    [() => choice("a", ["a", "a"]), "choice: the options a, a are not all different"],
    [() => choice("1", ["1", 1]), "choice: the options 1, 1 are not all different"],
    [() => bool("true" as never), 'bool: the default: "true" is not true or false'],
    [() => checkParam(true), "this is not a parameter; declare it with bool(true)"],
    [() => checkParam({ kind: "text" }), "this is not a parameter; declare it with int, float, choice or bool"],
  ])("is refused in words: %s", (declare, message) => {
    expect(declare).toThrow(message);
  });

  test("does not change with the list it was made from", () => {
    const options = ["a", "b"];
    const param = choice("a", options);
    options.pop();
    expect(param.options).toEqual(["a", "b"]);
  });
});

describe("values", () => {
  test("are the defaults with the given ones over them", () => {
    expect(resolveParams(specs, { fast: 5, trail: false })).toEqual({ fast: 5, factor: 1.5, side: "long", hours: 4, trail: false });
  });

  test.each([
    [{ fats: 5 }, 'unknown parameter "fats"; did you mean "fast"?'],
    [{ colour: 5 }, 'unknown parameter "colour"; this expert has: fast, factor, side, hours, trail'],
    [{ fast: 51 }, 'parameter "fast": 51 is outside 3 to 50'],
    [{ fast: "5" }, 'parameter "fast": "5" is not a number'],
    [{ side: "both" }, 'parameter "side": "both" is not one of long, short'],
    [{ trail: 1 }, 'parameter "trail": 1 is not true or false'],
    [{ toString: 1 }, 'unknown parameter "toString"; this expert has: fast, factor, side, hours, trail'],
  ])("%j are refused: %s", (values, message) => {
    expect(() => resolveParams(specs, values)).toThrow(message);
  });

  test.each([
    ["fast", "5", 5],
    ["factor", "1e-1", 0.1],
    ["side", "short", "short"],
    ["hours", "8", 8],
    ["trail", "false", false],
  ] as const)("%s is read from the text %j", (name, text, value) => {
    expect(parseParam(name, specs[name], text)).toBe(value);
  });

  test.each([
    ["fast", "", 'parameter "fast": "" is not a number'],
    ["fast", "0x10", 'parameter "fast": "0x10" is not a number'],
    ["fast", "5.5", 'parameter "fast": 5.5 is not a whole number'],
    ["factor", "Infinity", 'parameter "factor": "Infinity" is not a number'],
    ["factor", "1,5", 'parameter "factor": "1,5" is not a number'],
    ["trail", "yes", 'parameter "trail": "yes" is not true or false'],
    ["hours", "2", 'parameter "hours": "2" is not one of 1, 4, 8'],
  ] as const)("%s refuses the text %j", (name, text, message) => {
    expect(() => parseParam(name, specs[name], text)).toThrow(message);
  });
});
