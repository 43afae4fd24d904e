/** The number itself when a double can hold it; NaN instead of an infinity. */
export function finite(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}
