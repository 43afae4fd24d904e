import { COLUMN } from "./data.js";

/** From so many visible trades on, arrows shrink, and lines between entry and exit are left out. */
const ROOMY = 80;
const CROWDED = 300;

/** Draws each trade on the price chart: arrows at the prices of its entry and exit, and a line between; a chosen trade stands out. */
export class TradeLines {
  constructor(trades, barTime, colours) {
    this.trades = trades;
    this.barTime = barTime;
    this.colours = colours;
    this.chosen = undefined;
  }

  attached({ chart, series, requestUpdate }) {
    this.chart = chart;
    this.series = series;
    this.requestUpdate = requestUpdate;
  }

  choose(number) {
    this.chosen = number;
    this.requestUpdate?.();
  }

  paneViews() {
    return [{ zOrder: () => "top", renderer: () => ({ draw: (target) => target.useMediaCoordinateSpace((scope) => this.draw(scope)) }) }];
  }

  draw({ context, mediaSize }) {
    const visible = this.trades.map((trade) => this.place(trade, mediaSize.width)).filter((entry) => entry !== undefined);
    const size = visible.length <= ROOMY ? 6 : visible.length <= CROWDED ? 4 : 2.5;
    const others = visible.filter(({ trade }) => trade[COLUMN.number] !== this.chosen);
    context.save();
    context.globalAlpha = this.chosen === undefined ? 0.9 : 0.4;
    if (visible.length <= CROWDED) for (const entry of others) this.drawLine(context, entry, 1.5);
    for (const entry of others) this.drawArrows(context, entry, size);
    context.globalAlpha = 1;
    for (const entry of visible) {
      if (entry.trade[COLUMN.number] !== this.chosen) continue;
      this.drawLine(context, entry, 3);
      this.drawArrows(context, entry, 9);
    }
    context.restore();
  }

  /** Where a trade lies on the screen; undefined when it does not. */
  place(trade, width) {
    const scale = this.chart.timeScale();
    const from = scale.timeToCoordinate(this.barTime(trade[COLUMN.entryTime]));
    const to = scale.timeToCoordinate(this.barTime(trade[COLUMN.exitTime]));
    const entry = this.series.priceToCoordinate(trade[COLUMN.entryPrice]);
    const exit = this.series.priceToCoordinate(trade[COLUMN.exitPrice]);
    if (from === null || to === null || entry === null || exit === null || to < 0 || from > width) return undefined;
    return { trade, from, to, entry, exit };
  }

  drawLine(context, { trade, from, to, entry, exit }, width) {
    const won = trade[COLUMN.profit] >= 0;
    context.strokeStyle = won ? this.colours().gain : this.colours().loss;
    context.lineWidth = width;
    context.setLineDash(won ? [] : [5, 4]);
    context.beginPath();
    context.moveTo(from, entry);
    context.lineTo(to, exit);
    context.stroke();
  }

  drawArrows(context, { trade, from, to, entry, exit }, size) {
    const isLong = trade[COLUMN.direction] === "long";
    this.drawArrow(context, { x: from, y: entry, isBuy: isLong, size });
    this.drawArrow(context, { x: to, y: exit, isBuy: !isLong, size });
  }

  /** A triangle whose tip touches the price: from below for a buy, from above for a sale. */
  drawArrow(context, { x, y, isBuy, size }) {
    const colours = this.colours();
    const foot = isBuy ? y + size * 1.6 : y - size * 1.6;
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x - size, foot);
    context.lineTo(x + size, foot);
    context.closePath();
    context.fillStyle = isBuy ? colours.gain : colours.loss;
    context.fill();
    if (size < 4) return;
    context.strokeStyle = colours.surface;
    context.lineWidth = 1;
    context.stroke();
  }
}
