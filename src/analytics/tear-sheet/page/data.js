/** What the run left in the page, with times unpacked to seconds since the epoch. */
export const data = readData();

/** Columns of a row of `data.trades`. */
export const COLUMN = {
  number: 0,
  symbol: 1,
  direction: 2,
  quantity: 3,
  entryTime: 4,
  entryPrice: 5,
  exitTime: 6,
  exitPrice: 7,
  profit: 8,
  return: 9,
  fees: 10,
  adverse: 11,
  favorable: 12,
  bars: 13,
  tag: 14,
  reason: 15,
};

function readData() {
  const raw = JSON.parse(document.getElementById("data").textContent);
  unpack(raw.equity);
  if (raw.rolling) unpack(raw.rolling);
  if (raw.price) {
    unpack(raw.price);
    raw.price.plots.forEach(unpack);
  }
  return raw;
}

/** Times come as distances from the one before. */
function unpack(part) {
  let time = 0;
  part.time = part.time.map((step) => (time += step));
}
