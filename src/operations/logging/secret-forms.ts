/** Shortest beginning of a secret that is worth hiding; of a shorter secret, only the whole is looked for. */
export const HEAD_LENGTH = 8;

/** A secret shorter than this would be found in every other word. */
const SECRET_LENGTH_MIN = 4;

/** Every spelling in which a secret may turn up in a text: as it is, in JSON, in a URL, in hexadecimal and in base64 at each offset. */
export function formsOf(secret: string): readonly string[] {
  const plain = secret.trim();
  if (plain.length < SECRET_LENGTH_MIN) return [];
  // A key in PEM spans lines, and its first line is the same for everybody.
  const parts = plain.includes("\n") ? bodyOf(plain) : [plain];
  return [...new Set(parts.flatMap(spellingsOf))];
}

function bodyOf(pem: string): readonly string[] {
  const lines = pem
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= SECRET_LENGTH_MIN && !line.startsWith("-----"));
  return lines.length > 1 ? [lines.join(""), ...lines] : lines;
}

function spellingsOf(text: string): readonly string[] {
  const url = encodeURIComponent(text);
  const bytes = Buffer.from(text, "utf8");
  const hex = bytes.toString("hex");
  const base64 = [0, 1, 2].map((offset) => base64At(bytes, offset));
  const encoded = [
    url,
    url.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    url.replaceAll("%20", "+"),
    encodeURIComponent(url),
    JSON.stringify(text).slice(1, -1),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_")),
    ...base64.map(encodeURIComponent),
  ];
  return [text, ...encoded.filter((form) => form.length >= HEAD_LENGTH)];
}

/** What base64 makes of the bytes inside a longer text, where `offset` bytes of a group of three precede them: only the characters that nothing else decides. */
function base64At(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replaceAll("=", "");
  const isWhole = (offset + bytes.length) % 3 === 0;
  return text.slice(Math.ceil((offset * 8) / 6), isWhole ? undefined : -1);
}
