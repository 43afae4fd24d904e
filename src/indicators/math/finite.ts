/**
 * The number itself when a double can hold it; NaN instead of an infinity.
 *
 * It says Number.NaN, as indicators do wherever a branch at every bar is hardly ever taken: V8 looks the bare name up there,
 * and boxes the number of the other branch each time.
 */
export function finite(value: number): number {
  return value - value === 0 ? value : Number.NaN;
}
