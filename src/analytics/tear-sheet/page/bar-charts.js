import { formatNumber } from "./format.js";
import { niceTicks, node, onWidth, svg } from "./svg.js";

const MARGIN = { top: 10, right: 8, bottom: 22, left: 8 };
const HEIGHT = 230;

/** How often daily returns fell into each step, losses and gains in two colours, with the mean marked. */
export function distributionChart(host, { low, step, counts, mean, idle }) {
  const left = idle === 0 ? "" : ` ${formatNumber(idle, 0)} days without a change are left out.`;
  host.after(node("p", { className: "note", text: `Mean of all days ${formatNumber(mean, 3)} % (dashed).${left}` }));
  onWidth(host, (width) => {
    const inner = { width: width - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
    const most = Math.max(...counts);
    const high = low + step * counts.length;
    const x = (value) => MARGIN.left + ((value - low) / (high - low)) * inner.width;
    const y = (count) => MARGIN.top + (1 - count / most) * inner.height;
    const floor = MARGIN.top + inner.height;
    const box = node("div", { className: "readout still", hidden: "" });

    const bars = counts.map((count, index) => {
      const from = low + index * step;
      const tone = from + step / 2 < 0 ? "loss" : "gain";
      const bar = svg("rect", {
        class: `histogram ${tone}`,
        x: x(from) + 0.75,
        y: y(count),
        width: Math.max(1, x(from + step) - x(from) - 1.5),
        height: floor - y(count),
      });
      const target = svg("rect", { class: "target", x: x(from), y: MARGIN.top, width: x(from + step) - x(from), height: inner.height });
      target.addEventListener("pointerenter", () => {
        box.hidden = false;
        const lower = index === 0 ? "below" : `${formatNumber(from, 2)} to`;
        const upper = index === counts.length - 1 ? "and above" : `${formatNumber(from + step, 2)} %`;
        box.replaceChildren(node("b", { text: `${count} ${count === 1 ? "day" : "days"}` }), node("span", { text: `${lower} ${upper}` }));
      });
      return [bar, target];
    });
    const ticks = niceTicks(low, high, Math.max(2, Math.floor(inner.width / 70))).filter((tick) => x(tick) > 20 && x(tick) < width - 20);
    host.addEventListener("pointerleave", () => (box.hidden = true));
    host.replaceChildren(
      svg(
        "svg",
        { width, height: HEIGHT, role: "img", "aria-label": `Distribution of daily returns, mean ${formatNumber(mean, 3)} percent` },
        [
          svg("line", { class: "zero", x1: MARGIN.left, x2: width - MARGIN.right, y1: floor, y2: floor }),
          ...bars.map(([bar]) => bar),
          svg("line", { class: "mean", x1: x(mean), x2: x(mean), y1: MARGIN.top, y2: floor }),
          ...ticks.map((tick) => label(x(tick), floor + 16, `${formatNumber(tick, Math.abs(tick) < 1 && tick !== 0 ? 1 : 0)} %`)),
          ...bars.map(([, target]) => target),
        ],
      ),
      box,
    );
  });
}

function label(x, y, content) {
  const element = svg("text", { class: "axis", x, y, "text-anchor": "middle" });
  element.textContent = content;
  return element;
}
