import { COLUMN, data } from "./data.js";
import { formatAmount, formatMoment, formatNumber, formatSigned, formatSpan } from "./format.js";
import { node } from "./svg.js";

const PAGE_ROWS = 25;
const SYMBOLS = new Set(data.trades.map((trade) => trade[COLUMN.symbol]));
const HAS_TAGS = data.trades.some((trade) => trade[COLUMN.tag] !== "");
const PRICE_DIGITS = priceDigits();

/** Columns of the list: title, value to sort by, what is shown, class. */
const COLUMNS = [
  ["#", (trade) => trade[COLUMN.number], (trade) => String(trade[COLUMN.number]), "number"],
  ...(SYMBOLS.size > 1 ? [["Symbol", (trade) => trade[COLUMN.symbol], (trade) => trade[COLUMN.symbol], "wide"]] : []),
  ["Side", (trade) => trade[COLUMN.direction], (trade) => trade[COLUMN.direction], "wide"],
  ["Entry (UTC)", (trade) => trade[COLUMN.entryTime], (trade) => formatMoment(trade[COLUMN.entryTime]), ""],
  [
    "Held",
    (trade) => trade[COLUMN.exitTime] - trade[COLUMN.entryTime],
    (trade) => formatSpan(trade[COLUMN.exitTime] - trade[COLUMN.entryTime]),
    "wide",
  ],
  ["Quantity", (trade) => trade[COLUMN.quantity], (trade) => String(Number(trade[COLUMN.quantity].toPrecision(5))), "number wide"],
  ["Entry", (trade) => trade[COLUMN.entryPrice], (trade) => formatPrice(trade, COLUMN.entryPrice), "number wide"],
  ["Exit", (trade) => trade[COLUMN.exitPrice], (trade) => formatPrice(trade, COLUMN.exitPrice), "number wide"],
  ["Profit", (trade) => trade[COLUMN.profit], (trade) => formatAmount(trade[COLUMN.profit]), "number tone"],
  ["Return", (trade) => trade[COLUMN.return], (trade) => formatSigned(trade[COLUMN.return]), "number tone"],
  ["Costs", (trade) => trade[COLUMN.fees], (trade) => formatAmount(trade[COLUMN.fees]), "number wide"],
  ["Worst", (trade) => trade[COLUMN.adverse], (trade) => `${formatNumber(trade[COLUMN.adverse], 2)} %`, "number wide"],
  ["Best", (trade) => trade[COLUMN.favorable], (trade) => `${formatNumber(trade[COLUMN.favorable], 2)} %`, "number wide"],
  ...(HAS_TAGS ? [["Tag", (trade) => trade[COLUMN.tag], (trade) => trade[COLUMN.tag], "wide"]] : []),
  ["Reason", (trade) => trade[COLUMN.reason], (trade) => trade[COLUMN.reason], "wide"],
];

/** The list of trades: sorted by its headings, filtered by its form, a page at a time. `choose(trade)` is told what was picked. */
export function tradeList(choose) {
  const table = document.getElementById("trade-table");
  const state = { column: 0, descending: false, page: 0, chosen: undefined };

  const headings = COLUMNS.map(([title, , , className], index) => {
    const button = node("button", { type: "button", text: title });
    button.addEventListener("click", () => {
      state.descending = state.column === index ? !state.descending : className.includes("tone");
      state.column = index;
      state.page = 0;
      draw();
    });
    return node("th", { scope: "col", className }, [button]);
  });
  table.tHead.append(node("tr", {}, headings));
  const form = document.getElementById("trade-filter");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    state.page = 0;
    draw();
  });

  function draw() {
    const found = filterTrades(form);
    const value = COLUMNS[state.column][1];
    const order = state.descending ? -1 : 1;
    const sorted = found.toSorted((left, right) => order * compare(value(left), value(right)));
    const pages = Math.max(1, Math.ceil(sorted.length / PAGE_ROWS));
    state.page = Math.min(state.page, pages - 1);
    const rows = sorted.slice(state.page * PAGE_ROWS, (state.page + 1) * PAGE_ROWS);

    headings.forEach((heading, index) => {
      if (index === state.column) heading.setAttribute("aria-sort", state.descending ? "descending" : "ascending");
      else heading.removeAttribute("aria-sort");
    });
    table.tBodies[0].replaceChildren(...rows.map((trade) => rowOf(trade, state, pick)));
    const all = data.trades.length;
    document.getElementById("trade-count").textContent =
      found.length === all ? `${formatNumber(all, 0)} trades` : `${formatNumber(found.length, 0)} of ${formatNumber(all, 0)} trades`;
    drawPager(state, pages, draw);
  }

  function pick(trade) {
    state.chosen = trade[COLUMN.number];
    for (const row of table.tBodies[0].rows) row.setAttribute("aria-selected", String(Number(row.dataset.trade) === state.chosen));
    choose(trade);
  }
  draw();
}

function filterTrades(form) {
  const text = form.querySelector("#trade-search").value.trim().toLowerCase();
  const direction = form.querySelector("#trade-direction").value;
  const outcome = form.querySelector("#trade-outcome").value;
  return data.trades.filter((trade) => {
    if (direction !== "" && trade[COLUMN.direction] !== direction) return false;
    if (outcome === "won" && !(trade[COLUMN.profit] > 0)) return false;
    if (outcome === "lost" && !(trade[COLUMN.profit] < 0)) return false;
    return text === "" || [COLUMN.symbol, COLUMN.tag, COLUMN.reason].some((column) => trade[column].toLowerCase().includes(text));
  });
}

function rowOf(trade, state, pick) {
  const cells = COLUMNS.map(([, , show, className], index) => {
    const tone = className.includes("tone") ? ` ${trade[COLUMN.profit] < 0 ? "loss" : "gain"}` : "";
    if (index > 0) return node("td", { className: String(className) + tone, text: show(trade) });
    const button = node("button", { type: "button", text: show(trade), "aria-label": `Show trade ${trade[COLUMN.number]} in the chart` });
    return node("th", { scope: "row", className }, [button]);
  });
  const row = node("tr", { "data-trade": trade[COLUMN.number], "aria-selected": String(trade[COLUMN.number] === state.chosen) }, cells);
  row.addEventListener("click", () => pick(trade));
  return row;
}

function drawPager(state, pages, draw) {
  const pager = document.getElementById("trade-pager");
  if (pages === 1) {
    pager.replaceChildren();
    return;
  }
  const button = (label, page) => {
    const element = node("button", { type: "button", className: "quiet", text: label });
    element.disabled = page < 0 || page >= pages || page === state.page;
    element.addEventListener("click", () => {
      state.page = page;
      draw();
      [...pager.querySelectorAll("button")].find((other) => other.textContent === label && !other.disabled)?.focus();
    });
    return element;
  };
  pager.replaceChildren(
    button("First", 0),
    button("Previous", state.page - 1),
    node("span", { text: `Page ${state.page + 1} of ${pages}`, role: "status" }),
    button("Next", state.page + 1),
    button("Last", pages - 1),
  );
}

/** Digits after the point that each symbol's prices need. */
function priceDigits() {
  const digits = {};
  for (const trade of data.trades) {
    for (const price of [trade[COLUMN.entryPrice], trade[COLUMN.exitPrice]]) {
      const text = String(price);
      const own = text.includes("e") ? 8 : (text.split(".")[1] ?? "").length;
      digits[trade[COLUMN.symbol]] = Math.min(8, Math.max(digits[trade[COLUMN.symbol]] ?? 0, own));
    }
  }
  return digits;
}

function formatPrice(trade, column) {
  return formatNumber(trade[column], PRICE_DIGITS[trade[COLUMN.symbol]] ?? 2);
}

function compare(left, right) {
  return left < right ? -1 : left > right ? 1 : 0;
}
