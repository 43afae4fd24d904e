import { expect, test } from "vitest";
import { VirtualClock } from "../../base/clock.ts";
import { createProgress } from "./progress.ts";

test("on a terminal a bar is drawn anew in its line, at most some times a second, and leaves nothing behind", () => {
  const { clock, text, progress } = setUp({ isTTY: true, columns: 60 });
  progress.update(0);
  progress.update(1);
  clock.advanceTo(1_000);
  progress.update(2, "half");
  progress.finish();
  expect(text()).toBe(`\rBar ${"░".repeat(24)} 0 %\u001B[K\rBar ${"█".repeat(12)}${"░".repeat(12)} 50 % half\u001B[K\r\u001B[K`);
});

test("elsewhere a plain line comes every few seconds", () => {
  const { clock, text, progress } = setUp({ isTTY: false });
  for (const done of [1, 2, 3]) {
    clock.advanceTo(done * 4_000);
    progress.update(done, "file");
  }
  progress.finish("Done.");
  expect(text()).toBe("Bar 50 % file\nDone.\n");
});

test("a bar never fills more than its line", () => {
  const { text, progress } = setUp({ isTTY: true, columns: 20 });
  progress.update(1, "a very long remark about all this");
  expect(text()).toHaveLength("\r\u001B[K".length + 19);
});

function setUp(output: { readonly isTTY: boolean; readonly columns?: number }) {
  const clock = new VirtualClock();
  let written = "";
  const write = (text: string): void => {
    written += text;
  };
  const progress = createProgress({ label: "Bar", total: 4, output: { ...output, write }, clock });
  return { clock, progress, text: () => written };
}
