/** Writes to the journal in a folder until it is killed, and says on its output the number of each record that is on the disk. */
import { openRecordLog } from "../../src/operations/journal/record-log.ts";
import { lockFolder } from "../../src/operations/journal/folder-lock.ts";
import { nodeDisk } from "../../src/operations/node-disk.ts";

const folder = process.argv[2] ?? "";
const lock = lockFolder(folder);
const log = openRecordLog({ disk: nodeDisk, folder, identity: { strategy: "writer" }, segmentBytesMax: 4_096 });
process.on("exit", () => lock.release());
for (;;) {
  for (let count = 0; count < 7; count += 1) {
    const number = log.length + 1;
    log.append(JSON.stringify({ number, text: "x".repeat(number % 300) }));
    if (number % 3 === 0) log.flush();
  }
  log.sync();
  if (log.isFull) log.rotate([JSON.stringify({ repeats: log.length })]);
  process.stdout.write(`${log.length}\n`);
}
