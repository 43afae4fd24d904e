/** What stands where there is no figure yet. */
const NONE = "–";
/** Assets whose smallest unit that matters is a cent. */
const CENTS = /USD|EUR|GBP|JPY|TRY|BRL/;

/** Money with as many places as its currency is counted in. */
export function moneyText(amount: number, currency: string): string {
  if (!Number.isFinite(amount)) return NONE;
  const places = CENTS.test(currency) ? 2 : 6;
  return noMinusZero(amount, places).toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** A profit or loss: its sign stands there always. */
export function signedMoney(amount: number, currency: string): string {
  const text = moneyText(Math.abs(amount), currency);
  if (text === NONE) return NONE;
  return `${/[1-9]/.test(text) ? (amount < 0 ? "−" : "+") : " "}${text}`.trimStart();
}

/** `+1.25 %`, of a share such as 0.0125. */
export function signedPercent(share: number): string {
  if (!Number.isFinite(share)) return NONE;
  const text = Math.abs(100 * share).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${/[1-9]/.test(text) ? (share < 0 ? "−" : "+") : ""}${text} %`;
}

/** A price with the digits that tell it from its neighbours. */
export function priceText(price: number | undefined): string {
  if (price === undefined || !Number.isFinite(price)) return NONE;
  const size = Math.abs(price);
  const twoPlaces = price.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  if (size >= 1000) return twoPlaces;
  const text = price.toLocaleString("en-US", { maximumSignificantDigits: size >= 1 ? 7 : 6 });
  return text.length > twoPlaces.length ? text : twoPlaces;
}

export function quantityText(quantity: number): string {
  return Number.isFinite(quantity) ? quantity.toLocaleString("en-US", { maximumFractionDigits: 8 }) : NONE;
}

/** `0:07`, `12:05`, `3:12:05`, `2 d 03:12:05`. */
export function durationText(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, "0");
  const rest = `${two(minutes)}:${two(seconds % 60)}`;
  if (days > 0) return `${days} d ${two(hours)}:${rest}`;
  return hours > 0 ? `${hours}:${rest}` : `${minutes}:${two(seconds % 60)}`;
}

/** An age in the unit that fits: `0.3 s`, `12 s`, `4 min`, `2 h`. */
export function ageText(ageMs: number): string {
  if (!Number.isFinite(ageMs)) return NONE;
  const seconds = Math.max(0, ageMs) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 119.5) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

export function latencyText(latencyMs: number): string {
  if (!Number.isFinite(latencyMs)) return NONE;
  return latencyMs < 9.95 ? `${latencyMs.toFixed(1)} ms` : `${Math.round(latencyMs)} ms`;
}

/** Hours, minutes and seconds of a moment, UTC. */
export function clockText(time: number): string {
  return Number.isFinite(time) ? new Date(time).toISOString().slice(11, 19) : "--:--:--";
}

function noMinusZero(value: number, places: number): number {
  return Math.abs(value) < 0.5 * 10 ** -places ? 0 : value;
}
