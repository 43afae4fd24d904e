import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Archive, SeriesInfo } from "../../../archive/archive.ts";
import { openArchive } from "../../../archive/open.ts";
import { seriesName } from "../../../archive/series-path.ts";
import { archiveFolder } from "../../../run/home.ts";
import { nearestExisting } from "../../../run/write-folder.ts";
import { type Check, type Finding, reasonOf } from "./finding.ts";

const DISK_LOW_BYTES = 1e9;
const DISK_FULL_BYTES = 50e6;

/** The folder of everything stored: can it be written, and is there room? */
export const checkHome: Check = async (context) => {
  let home: string;
  try {
    home = context.home;
  } catch (error) {
    return [{ status: "fail", subject: "home", text: "cannot be used", remedy: reasonOf(error) }];
  }
  const nearest = nearestExisting(home);
  const state = home === nearest ? "" : ", not there yet";
  const findings: Finding[] = [];
  try {
    if (home === nearest) tryWriting(home);
    else accessSync(nearest, constants.W_OK);
    findings.push({ status: "ok", subject: "home", text: `${home} (can be written${state})` });
  } catch (error) {
    const remedy = "change its permissions, or choose another with METAEXPERT_HOME or --home";
    findings.push({ status: "fail", subject: "home", text: `${home} cannot be written (${reasonOf(error)})`, remedy });
  }
  return [...findings, ...(await checkDisk(nearest))];
};

function tryWriting(folder: string): void {
  const probe = mkdtempSync(join(folder, ".doctor-"));
  try {
    writeFileSync(join(probe, "probe"), "x");
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
}

async function checkDisk(folder: string): Promise<readonly Finding[]> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const text = `${(free / 1e9).toFixed(1)} GB free`;
    if (free >= DISK_LOW_BYTES) return [{ status: "ok", subject: "disk", text }];
    const status = free < DISK_FULL_BYTES ? "fail" : "warn";
    return [{ status, subject: "disk", text, remedy: "free some space; a year of minute bars takes about 20 MB" }];
  } catch (error) {
    return [{ status: "warn", subject: "disk", text: `its free space is not known (${reasonOf(error)})`, remedy: "look at it yourself" }];
  }
}

/** Whether the end of each series can be read. Whole series are for `data verify`. */
export const checkArchive: Check = async (context) => {
  const subject = "archive";
  try {
    await using archive = openArchive(archiveFolder(context.home));
    const infos = await archive.list();
    if (infos.length === 0) return [{ status: "ok", subject, text: 'empty; "metaexpert data import PATH" brings data in' }];
    const damaged: string[] = [];
    for (const info of infos) if (!(await isReadable(archive, info))) damaged.push(seriesName(info.key));
    if (damaged.length > 0) {
      const remedy = 'see "metaexpert data verify" and import the data again';
      return [{ status: "fail", subject, text: `cannot read ${damaged.slice(0, 5).join(", ")}`, remedy }];
    }
    const rows = infos.reduce((sum, info) => sum + info.rows, 0);
    const bytes = infos.reduce((sum, info) => sum + info.bytes, 0);
    return [
      {
        status: "ok",
        subject,
        text: `${infos.length} series, ${rows.toLocaleString("en")} rows, ${(bytes / 1e6).toFixed(1)} MB, readable`,
      },
    ];
  } catch (error) {
    return [{ status: "fail", subject, text: "cannot be read", remedy: reasonOf(error) }];
  }
};

async function isReadable(archive: Archive, { key, lastTime }: SeriesInfo): Promise<boolean> {
  try {
    let rows = 0;
    const range = { from: lastTime };
    if (key.kind === "bars") for await (const chunk of archive.readBars(key, range)) rows += chunk.length;
    else if (key.kind === "trades") for await (const chunk of archive.readTrades(key, range, { ids: false })) rows += chunk.length;
    else for await (const chunk of archive.readPoints(key, range)) rows += chunk.length;
    return rows > 0;
  } catch {
    return false;
  }
}
