/** Text that is HTML already, made by `html` or `trusted`. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | undefined | false | readonly Part[];

/** A template of HTML: everything put into it is escaped, unless it is markup itself; lists are joined, `undefined` is nothing. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(texts.map((text, index) => (index < parts.length ? text + toText(parts[index]) : text)).join(""));
}

/** Text of our own that is HTML as it stands. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

/** Text with the five characters that mean something in HTML written as entities. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

/** JSON that can stand inside a script element: no text in it can end the element or start a comment. */
export function embedJson(value: unknown): Markup {
  const text = JSON.stringify(value);
  return new Markup(text.replaceAll(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`));
}

function toText(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(toText).join("");
  return escapeHtml(String(part));
}
