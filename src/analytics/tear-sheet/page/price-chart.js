import { COLUMN } from "./data.js";
import { formatNumber } from "./format.js";
import { readColours } from "./price-colours.js";
import { atOrBefore } from "./svg.js";
import { TradeLines } from "./trade-lines.js";

/** The price with entries and exits. Returns `{ show(trade), showAll(), recolour() }`. */
export function priceChart(host, price, trades, symbol) {
  const { createChart, CandlestickSeries, LineSeries } = window.LightweightCharts;
  let colours = readColours();
  const own = trades.filter((trade) => trade[COLUMN.symbol] === symbol);
  const bars = price.time.map((time, index) => ({
    time,
    open: price.open[index],
    high: price.high[index],
    low: price.low[index],
    close: price.close[index],
  }));
  const chart = createChart(host, {
    autoSize: true,
    localization: { locale: "en-GB", priceFormatter: (value) => formatNumber(value, price.digits) },
    timeScale: { timeVisible: true, secondsVisible: false, minBarSpacing: 0.05, rightOffset: 4 },
    crosshair: { mode: 0 },
    handleScroll: { vertTouchDrag: false },
  });
  const series = chart.addSeries(CandlestickSeries, {
    lastValueVisible: false,
    priceLineVisible: false,
    priceFormat: { type: "price", precision: price.digits, minMove: 10 ** -price.digits },
  });
  series.setData(bars);
  const plots = price.plots.map((plot) => {
    const line = chart.addSeries(LineSeries, { lineWidth: 1, priceLineVisible: false, lastValueVisible: false, title: plot.name });
    line.setData(uniquePoints(plot));
    return line;
  });

  const barTime = (time) => price.time[atOrBefore(price.time, time)];
  const lines = new TradeLines(own, barTime, () => colours);
  series.attachPrimitive(lines);

  const recolour = () => {
    colours = readColours();
    chart.applyOptions(chartOptions(colours));
    series.applyOptions({
      upColor: colours.surface,
      downColor: colours.down,
      borderUpColor: colours.up,
      borderDownColor: colours.down,
      wickUpColor: colours.up,
      wickDownColor: colours.down,
    });
    plots.forEach((line, index) => line.applyOptions({ color: colours.plots[index % colours.plots.length] }));
  };
  recolour();
  chart.timeScale().fitContent();

  return {
    recolour,
    showAll() {
      lines.choose(undefined);
      chart.timeScale().fitContent();
    },
    /** Scrolls to a trade with room around it; false for a trade of another symbol. */
    show(trade) {
      if (trade[COLUMN.symbol] !== symbol) return false;
      const from = atOrBefore(price.time, trade[COLUMN.entryTime]);
      const to = atOrBefore(price.time, trade[COLUMN.exitTime]);
      const room = Math.max(12, Math.round((to - from) * 0.75));
      lines.choose(trade[COLUMN.number]);
      chart.timeScale().setVisibleLogicalRange({ from: from - room, to: to + room });
      return true;
    },
  };
}

function chartOptions({ ink, muted, line, font }) {
  return {
    layout: { background: { color: "transparent" }, textColor: muted, fontFamily: font, fontSize: 12, attributionLogo: true },
    grid: { vertLines: { color: line }, horzLines: { color: line } },
    rightPriceScale: { borderColor: line },
    timeScale: { borderColor: line },
    crosshair: { vertLine: { color: muted, labelBackgroundColor: ink }, horzLine: { color: muted, labelBackgroundColor: ink } },
  };
}

/** The library wants times that rise. */
function uniquePoints({ time, value }) {
  const points = [];
  for (let index = 0; index < time.length; index += 1) {
    const point = { time: time[index], value: value[index] };
    if (points.length > 0 && points[points.length - 1].time >= point.time)
      points[points.length - 1] = { ...point, time: points[points.length - 1].time };
    else points.push(point);
  }
  return points;
}
