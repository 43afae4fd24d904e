/**
 * The share of the bar's volume that counts as bought less the share that counts as sold, by where it closes in its range:
 * the whole volume at the high, minus the whole at the low, nothing in the middle or on a bar without range.
 */
export function moneyFlowVolume(high: number, low: number, close: number, volume: number): number {
  const range = high - low;
  return range <= 0 ? 0 : ((close - low - (high - close)) / range) * volume;
}
