import { formatDate } from "./format.js";
import { logTicks, nearest, niceTicks, node, onWidth, svg } from "./svg.js";
import { timeTicks } from "./time-axis.js";

const MARGIN = { top: 10, right: 58, bottom: 24, left: 4 };

/**
 * Lines over time in an element. `spec()` is asked on every drawing:
 * { label, time, series: [{ name, values, className, area }], height, log, format, zero, bands, ceiling }.
 * Charts of one `group` show the same moment. Returns `{ draw, mark }`.
 */
export function timeChart(host, group, spec) {
  let width = 0;
  let state;

  const draw = () => {
    if (width > 0) state = drawChart(host, width, spec());
  };
  const show = (time) => state?.show(time);
  group.push(show);

  host.tabIndex = 0;
  host.setAttribute("role", "group");
  host.setAttribute("aria-label", `${host.dataset.name}; arrow keys move through it`);
  host.addEventListener("pointermove", (event) => {
    if (!state) return;
    const time = state.timeAt(event.clientX - host.getBoundingClientRect().left);
    group.forEach((other) => other(time));
  });
  host.addEventListener("pointerleave", () => group.forEach((other) => other(undefined)));
  host.addEventListener("blur", () => group.forEach((other) => other(undefined)));
  host.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || !state) return;
    event.preventDefault();
    const time = state.timeFrom(step);
    group.forEach((other) => other(time));
  });
  onWidth(host, (next) => {
    width = next;
    draw();
  });
  return { draw, mark: (index) => host.querySelectorAll(".band").forEach((band, at) => band.classList.toggle("active", at === index)) };
}

function drawChart(host, width, spec) {
  const { time, series, log = false, format, height } = spec;
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const [low, high] = rangeOf(spec);
  const toLevel = log ? Math.log : (value) => value;
  const [bottom, top] = [toLevel(low), toLevel(high)];
  const first = time[0];
  const last = time[time.length - 1];
  const x = (moment) => MARGIN.left + ((moment - first) / (last - first || 1)) * inner.width;
  const y = (value) => MARGIN.top + (1 - (toLevel(value) - bottom) / (top - bottom || 1)) * inner.height;

  const ticks = log ? logTicks(low, high, 5) : niceTicks(low, high, Math.max(3, Math.round(inner.height / 56)));
  const picture = svg("svg", { width, height, role: "img", "aria-label": spec.label }, [
    ...(spec.bands ?? []).map((band) => bandOf(band, x, inner)),
    ...ticks.map((tick) =>
      svg("line", {
        class: tick === spec.zero ? "zero" : "rule",
        x1: MARGIN.left,
        x2: MARGIN.left + inner.width,
        y1: y(tick),
        y2: y(tick),
      }),
    ),
    ...ticks.map((tick) => text("axis", MARGIN.left + inner.width + 8, y(tick) + 4, format(tick))),
    ...axisOf(timeTicks(first, last, Math.max(2, Math.floor(inner.width / 72))), x, inner),
    ...series.flatMap((one) => pathsOf(one, time, x, y, spec)),
    ...(spec.bands ?? []).map((band) => labelOf(band, x, y, inner)),
  ]);
  const cursor = svg("line", { class: "cursor", y1: MARGIN.top, y2: MARGIN.top + inner.height, visibility: "hidden" });
  const dots = series.map((one) => svg("circle", { class: `dot ${one.className}`, r: 3.5, visibility: "hidden" }));
  picture.append(cursor, ...dots);
  const box = node("div", { className: "readout", hidden: "", "aria-live": "polite" });
  host.replaceChildren(picture, box);

  let current = time.length - 1;
  const show = (moment) => {
    const isHidden = moment === undefined;
    for (const part of [cursor, ...dots]) part.setAttribute("visibility", isHidden ? "hidden" : "visible");
    box.hidden = isHidden;
    if (isHidden) return;
    current = nearest(time, moment);
    const at = x(time[current]);
    cursor.setAttribute("x1", at);
    cursor.setAttribute("x2", at);
    series.forEach((one, index) => {
      dots[index].setAttribute("cx", at);
      dots[index].setAttribute("cy", y(one.values[current]));
    });
    box.replaceChildren(
      node("b", { text: formatDate(time[current], last - first < 120 * 86400) }),
      ...series.map((one) =>
        node("span", { className: one.className, text: `${one.name} ${(spec.readout ?? format)(one.values[current])}` }),
      ),
    );
    box.classList.toggle("left", at > width / 2);
  };
  return {
    show,
    timeAt: (offset) => first + ((offset - MARGIN.left) / inner.width) * (last - first),
    timeFrom: (step) => time[Math.min(time.length - 1, Math.max(0, current + step))],
  };
}

function rangeOf({ series, log, zero, ceiling }) {
  let low = Infinity;
  let high = -Infinity;
  for (const { values } of series) {
    for (const value of values) {
      if (log && value <= 0) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (zero !== undefined) {
    low = Math.min(low, zero);
    high = Math.max(high, zero);
  }
  if (log) return [low / 1.02, high * 1.02];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.02 || 1;
  return [low - room, ceiling === undefined ? high + room : ceiling];
}

function pathsOf({ values, className, area }, time, x, y, { log }) {
  let line = "";
  for (let index = 0; index < values.length; index += 1) {
    const value = log ? Math.max(values[index], Number.MIN_VALUE) : values[index];
    line += `${index === 0 ? "M" : "L"}${x(time[index]).toFixed(1)} ${y(value).toFixed(1)}`;
  }
  const paths = [svg("path", { class: `line ${className}`, d: line })];
  if (area !== undefined && values.length > 1) {
    const base = y(area).toFixed(1);
    paths.unshift(
      svg("path", {
        class: `area ${className}`,
        d: `${line}L${x(time[time.length - 1]).toFixed(1)} ${base}L${x(time[0]).toFixed(1)} ${base}Z`,
      }),
    );
  }
  return paths;
}

function axisOf(ticks, x, inner) {
  return ticks.flatMap(({ time, label }) => {
    const at = x(time);
    if (at > MARGIN.left + inner.width - 12) return [];
    return [
      svg("line", { class: "tick", x1: at, x2: at, y1: MARGIN.top + inner.height, y2: MARGIN.top + inner.height + 4 }),
      text("axis", at, MARGIN.top + inner.height + 18, label, at < 24 ? "start" : "middle"),
    ];
  });
}

/** A stretch of time with a colour behind it. */
function bandOf({ from, to }, x, inner) {
  return svg("rect", { class: "band", x: x(from), y: MARGIN.top, width: Math.max(1, x(to) - x(from)), height: inner.height });
}

/** A band's number at the point it is about. */
function labelOf({ at, value, label }, x, y, inner) {
  const left = Math.min(Math.max(x(at), MARGIN.left + 9), MARGIN.left + inner.width - 9);
  const top = Math.min(y(value) + 2, MARGIN.top + inner.height - 9);
  return svg("g", { class: "badge" }, [svg("circle", { cx: left, cy: top, r: 8.5 }), text("", left, top + 3.5, label, "middle")]);
}

function text(className, x, y, content, anchor = "start") {
  const element = svg("text", { class: className, x, y, "text-anchor": anchor });
  element.textContent = content;
  return element;
}
