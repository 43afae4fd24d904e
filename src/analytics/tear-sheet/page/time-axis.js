import { MONTHS } from "./format.js";

const DAY = 86400;
const STEPS = [3600, 3 * 3600, 6 * 3600, 12 * 3600, DAY, 2 * DAY, 7 * DAY, 14 * DAY];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120];

/** Ticks of a time axis between two moments in seconds, at most `count`, with labels that name the year where it begins. */
export function timeTicks(from, to, count) {
  const span = to - from;
  const step = STEPS.find((size) => span / size <= count);
  return step === undefined ? monthTicks(from, to, count) : evenTicks(from, to, step);
}

function evenTicks(from, to, step) {
  const ticks = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
    const date = new Date(time * 1000);
    const isMidnight = time % DAY === 0;
    const label = isMidnight ? `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}` : date.toISOString().slice(11, 16);
    ticks.push({ time, label });
  }
  return ticks;
}

function monthTicks(from, to, count) {
  const months = (to - from) / (30.44 * DAY);
  const step = MONTH_STEPS.find((size) => months / size <= count) ?? 240;
  const start = new Date(from * 1000);
  const ticks = [];
  const first = start.getUTCFullYear() * 12 + Math.floor(start.getUTCMonth() / step) * step;
  for (let month = step >= 12 ? Math.floor(first / step) * step : first; ; month += step) {
    const time = Date.UTC(Math.floor(month / 12), month % 12, 1) / 1000;
    if (time > to) return ticks;
    if (time < from) continue;
    ticks.push({ time, label: month % 12 === 0 ? String(month / 12) : MONTHS[month % 12] });
  }
}
