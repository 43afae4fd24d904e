export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A number with commas between thousands. */
export function formatNumber(value, digits) {
  const text = value.toFixed(digits);
  const [whole, fraction] = (Number(text) === 0 ? text.replace("-", "") : text).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** An amount of money; small ones keep the digits they need. */
export function formatAmount(value) {
  const size = Math.abs(value);
  if (size === 0 || size >= 1) return formatNumber(value, 2);
  return formatNumber(value, Math.min(8, 3 - Math.floor(Math.log10(size))));
}

/** A percentage with its sign. */
export function formatSigned(value, digits = 2) {
  return `${value > 0 ? "+" : ""}${formatNumber(value, digits)} %`;
}

/** "31 Jan 2024", or with the time of day. */
export function formatDate(seconds, withTime = false) {
  const date = new Date(seconds * 1000);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return withTime ? `${day}, ${date.toISOString().slice(11, 16)}` : day;
}

/** "2024-01-31 13:05", which sorts. */
export function formatMoment(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ");
}

/** A short number for an axis: 12.5k, 3.2M. */
export function formatShort(value) {
  const size = Math.abs(value);
  if (size >= 1e9) return `${trim(value / 1e9)}B`;
  if (size >= 1e6) return `${trim(value / 1e6)}M`;
  if (size >= 1e4) return `${trim(value / 1e3)}k`;
  if (size >= 100 || size === 0) return formatNumber(value, 0);
  return size >= 1 ? trim(value) : trim(value, 3);
}

/** The two largest units of a time span. */
export function formatSpan(seconds) {
  const units = [
    ["d", 86400],
    ["h", 3600],
    ["min", 60],
    ["s", 1],
  ];
  const first = units.findIndex(([, size]) => seconds >= size);
  if (first < 0) return "0 s";
  let rest = seconds;
  return units
    .slice(first, first + 2)
    .map(([name, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count > 0 ? `${formatNumber(count, 0)} ${name}` : "";
    })
    .join(" ")
    .trim();
}

/** Digits of a number without useless zeros. */
function trim(value, significant = 4) {
  return String(Number(value.toPrecision(significant)));
}
