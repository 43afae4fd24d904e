import { distributionChart } from "./bar-charts.js";
import { COLUMN, data } from "./data.js";
import { formatAmount, formatNumber, formatShort, formatSigned } from "./format.js";
import { priceChart } from "./price-chart.js";
import { activateTabs } from "./tabs.js";
import { activateTheme } from "./theme.js";
import { timeChart } from "./time-chart.js";
import { activateTips } from "./tips.js";
import { tradeList } from "./trade-list.js";

const byId = (id) => document.getElementById(id);

activateTabs();
activateTips();
drawEquity();
if (data.rolling) drawRolling();
if (data.distribution) distributionChart(byId("distribution-chart"), data.distribution);
drawTrades();
document.documentElement.dataset.ready = "true";

/** Equity and drawdown share one moment under the pointer. */
function drawEquity() {
  const { time, equity, hold, drawdown } = data.equity;
  if (time.length === 0) return;
  const group = [];
  const showHold = byId("show-hold");
  const scales = [...document.querySelectorAll("[data-scale]")];
  const canLog = equity.every((value) => value > 0);
  let log = false;

  const top = timeChart(byId("equity-chart"), group, () => ({
    label: `Equity from ${formatAmount(data.initialCapital)} to ${formatAmount(equity[equity.length - 1])} ${data.currency}`,
    height: byId("equity-chart").clientHeight,
    time,
    series: [
      ...(showHold.checked ? [{ name: "Buy and hold", values: hold, className: "hold" }] : []),
      { name: "Equity", values: equity, className: "run" },
    ],
    log,
    format: formatShort,
    readout: (value) => `${formatAmount(value)} ${data.currency}`,
  }));
  const bottom = timeChart(byId("drawdown-chart"), group, () => ({
    label: `Drawdown, deepest ${formatNumber(Math.min(...drawdown), 2)} percent`,
    height: byId("drawdown-chart").clientHeight,
    time,
    series: [{ name: "Drawdown", values: drawdown, className: "loss", area: 0 }],
    format: (value) => `${formatNumber(value, Math.abs(value) < 1 && value !== 0 ? 2 : 0)} %`,
    readout: (value) => `${formatNumber(value, 2)} %`,
    zero: 0,
    ceiling: 0,
    bands: data.drawdowns.map(({ peak, trough, end, ratio }, index) => ({
      from: peak,
      to: end,
      at: trough,
      value: ratio * -100,
      label: String(index + 1),
    })),
  }));
  showHold.addEventListener("change", top.draw);
  for (const button of scales) {
    button.disabled = !canLog && button.dataset.scale === "log";
    button.addEventListener("click", () => {
      log = button.dataset.scale === "log";
      for (const other of scales) other.setAttribute("aria-pressed", String(other === button));
      top.draw();
    });
  }
  for (const row of document.querySelectorAll("[data-drawdown]")) {
    row.addEventListener("pointerenter", () => bottom.mark(Number(row.dataset.drawdown)));
    row.addEventListener("pointerleave", () => bottom.mark(-1));
  }
}

function drawRolling() {
  const { time, value } = data.rolling;
  const host = byId("rolling-chart");
  timeChart(host, [], () => ({
    label: `Rolling Sharpe ratio, last ${formatNumber(value[value.length - 1], 2)}`,
    height: host.clientHeight,
    time,
    series: [{ name: "Sharpe ratio", values: value, className: "run", area: 0 }],
    format: (tick) => formatNumber(tick, Number.isInteger(tick) ? 0 : 1),
    readout: (one) => formatNumber(one, 2),
    zero: 0,
  }));
}

function drawTrades() {
  const status = byId("price-status");
  const host = byId("price-chart");
  const chart = host && data.price ? priceChart(host, data.price, data.trades, data.symbol) : undefined;
  activateTheme(() => chart?.recolour());
  byId("price-fit")?.addEventListener("click", () => {
    status.textContent = "";
    chart.showAll();
  });
  tradeList((trade) => {
    const name = `Trade ${trade[COLUMN.number]}, ${trade[COLUMN.direction]}: ${formatSigned(trade[COLUMN.return])}`;
    if (!chart) return;
    const isShown = chart.show(trade);
    status.textContent = isShown ? name : `${name} (the chart shows ${data.symbol} only)`;
    if (isShown) host.scrollIntoView({ block: "nearest" });
  });
}
