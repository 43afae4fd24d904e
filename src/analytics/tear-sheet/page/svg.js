/** An SVG element with attributes and children. */
export function svg(name, attributes = {}, children = []) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** An HTML element with a class, text and children; text is never read as HTML. */
export function node(name, { className, text, ...attributes } = {}, children = []) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Calls `draw(width)` now and whenever the element's width has changed. */
export function onWidth(element, draw) {
  let drawn = 0;
  const observer = new ResizeObserver(() => {
    const width = Math.floor(element.clientWidth);
    if (width === 0 || width === drawn) return;
    drawn = width;
    draw(width);
  });
  observer.observe(element);
}

/** Round numbers that cut a range into about `count` parts. */
export function niceTicks(low, high, count) {
  const span = high - low || Math.abs(high) || 1;
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw) ?? 10);
  const ticks = [];
  for (let tick = Math.ceil(low / step); tick * step <= high + step * 1e-9; tick += 1) ticks.push(Number((tick * step).toPrecision(12)));
  return ticks;
}

/** Ticks of a logarithmic axis: 1, 2 and 5 times powers of ten, or plain round numbers where those are too few. */
export function logTicks(low, high, count) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += 1) {
    for (const factor of [1, 2, 5]) {
      const tick = factor * 10 ** power;
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks.length >= 3 ? ticks : niceTicks(low, high, count);
}

/** Index of the value nearest to `wanted` in a sorted list. */
export function nearest(sorted, wanted) {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low > 0 && wanted - sorted[low - 1] < sorted[low] - wanted ? low - 1 : low;
}

/** Index of the last value at or below `wanted` in a sorted list; 0 when all are above. */
export function atOrBefore(sorted, wanted) {
  const index = nearest(sorted, wanted);
  return index > 0 && sorted[index] > wanted ? index - 1 : index;
}
