import { describe, expect, it } from "vitest";
import { DepthSequence } from "./depth-sequence.ts";

describe("updates of a spot book", () => {
  it("follow a snapshot that lies within the first of them, and then each other", () => {
    const sequence = new DepthSequence(false);
    sequence.start(160);
    expect(sequence.judge(150, 160, -1)).toBe("old");
    expect(sequence.judge(157, 162, -1)).toBe("next");
    expect(sequence.judge(163, 163, -1)).toBe("next");
    expect(sequence.judge(163, 163, -1)).toBe("old");
    expect(sequence.judge(165, 170, -1)).toBe("gap");
    expect(sequence.last).toBe(163);
  });
});

describe("updates of a futures book", () => {
  it("follow a snapshot that lies within the first of them, and then name the one before", () => {
    const sequence = new DepthSequence(true);
    sequence.start(160);
    expect(sequence.judge(150, 159, 140)).toBe("old");
    expect(sequence.judge(157, 162, 149)).toBe("next");
    expect(sequence.judge(170, 180, 162)).toBe("next");
    expect(sequence.judge(170, 180, 162)).toBe("old");
    expect(sequence.judge(190, 195, 185)).toBe("gap");
  });

  it("may end with the snapshot, or begin after a hole in which it lies", () => {
    const sequence = new DepthSequence(true);
    sequence.start(160);
    expect(sequence.judge(150, 160, 149)).toBe("next");
    sequence.start(160);
    expect(sequence.judge(170, 180, 155)).toBe("next");
    sequence.start(160);
    expect(sequence.judge(170, 180, 161)).toBe("gap");
  });

  it("have to tell which one was before", () => {
    const sequence = new DepthSequence(true);
    sequence.start(160);
    expect(sequence.judge(150, 161, -1)).toBe("gap");
  });

  it("may be cut differently by another connection, as long as nothing is missing", () => {
    const sequence = new DepthSequence(true);
    sequence.start(160);
    expect(sequence.judge(155, 170, 150)).toBe("next");
    expect(sequence.judge(165, 175, 164)).toBe("gap");
    sequence.bridge();
    expect(sequence.judge(165, 175, 164)).toBe("next");
    expect(sequence.judge(176, 180, 175)).toBe("next");
  });
});
