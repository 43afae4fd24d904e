/** What takes orders as Binance's spot market would, none of which ever fills: prints its port; after a line of input writes when each came. */
import { writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";

const [timesFile = ""] = process.argv.slice(2);
const arrivals: bigint[] = [];
let orderId = 8_389_765_000_000;

function answer(socket: Socket, request: string): void {
  const query = new URLSearchParams(request.slice(request.indexOf("?") + 1, request.indexOf(" HTTP/1.1")));
  orderId += 1;
  const body = JSON.stringify({
    symbol: query.get("symbol"),
    orderId,
    orderListId: -1,
    clientOrderId: query.get("newClientOrderId"),
    transactTime: Number(query.get("timestamp")),
    price: query.get("price"),
    origQty: query.get("quantity"),
    executedQty: "0.00000000",
    cummulativeQuoteQty: "0.00000000",
    status: "EXPIRED",
    timeInForce: "IOC",
    type: "LIMIT",
    side: "BUY",
    fills: [],
  });
  socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
}

const server = createServer({ noDelay: true }, (socket) => {
  let text = "";
  socket.on("data", (data) => {
    const at = process.hrtime.bigint();
    text += data.toString("latin1");
    if (!text.endsWith("\r\n\r\n")) return;
    arrivals.push(at);
    answer(socket, text);
    text = "";
  });
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.stdin.once("data", () => {
  writeFileSync(timesFile, BigInt64Array.from(arrivals));
  // oxlint-disable-next-line unicorn/no-process-exit -- what a run does on leaving is not measured
  process.exit(0);
});
