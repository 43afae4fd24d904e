import { expect, test } from "vitest";
import { parseStrictJson } from "./strict-json.ts";

const parse = (text: string): unknown => parseStrictJson(new TextEncoder().encode(text), "config.json");

test("a byte order mark and Windows line ends are fine", () => {
  expect(parse('\uFEFF{\r\n  "a": [1, { "a": 2 }],\r\n  "b": "{\\"a\\": 1, \\"a\\": 2}"\r\n}')).toEqual({
    a: [1, { a: 2 }],
    b: '{"a": 1, "a": 2}',
  });
});

test.each([
  ["a comment", '{\n  // no\n  "a": 1 }', /config\.json:2:3: .*; JSON has no comments/],
  ["a comma at the end", '{ "a": 1, }', /config\.json:1:11: /],
  ["an unfinished text", '{ "a": 1', /config\.json:1:9: /],
  ["nothing", "", /config\.json:1:1: /],
  ["a key written twice", '{ "a": 1, "b": { "c": 1, "c": 2 } }', /"c" is written twice/],
  ["a key written twice in two ways", '{ "a": 1, "\\u0061": 2 }', /"a" is written twice/],
])("%s is refused with its place", (_, text, says) => {
  expect(() => parse(text)).toThrow(says);
});

test("a text that is not UTF-8 is refused", () => {
  expect(() => parseStrictJson(Buffer.from('{ "a": "é" }', "utf16le"), "config.json")).toThrow(/config\.json/);
  expect(() => parseStrictJson(Buffer.from('{ "a": "\xE9" }', "latin1"), "config.json")).toThrow(/is not UTF-8 text/);
});

test("a hundred thousand brackets are no trouble", () => {
  expect(() => parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`)).not.toThrow();
});
