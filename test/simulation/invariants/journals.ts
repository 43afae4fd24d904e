import { verifyJournal } from "../../../src/operations/journal/read-journal.ts";
import { replayJournal } from "../../../src/run/replay.ts";
import type { ExpertDefinition } from "../../../src/expert/define.ts";
import type { InvariantMaker } from "../invariant.ts";

/** The journal is whole, from its first record to its last. */
export const journalIsWhole: InvariantMaker = (view, fail) => ({
  onEnd() {
    const folder = view.process?.folder;
    if (folder === undefined) return;
    const { broken } = verifyJournal(view.world.disk, folder);
    if (broken !== undefined) fail(`${broken.file}, line ${broken.line}: ${broken.problem}`);
  },
});

/** What the journal has recorded, run once more, gives the same journal. */
export function replayIsIdentical(definition: ExpertDefinition): InvariantMaker {
  return (view, fail) => ({
    async onEnd() {
      const folder = view.process?.folder;
      if (folder === undefined) return;
      const load = async (): Promise<{ definition: ExpertDefinition; sourceHash: string }> => ({ definition, sourceHash: "" });
      const { difference } = await replayJournal({ folder, disk: view.world.disk, load });
      if (difference === undefined) return;
      const { recorded, replayed } = difference;
      const words = (record: typeof recorded): string => record?.text.slice(0, 300) ?? "nothing";
      fail(`record ${(recorded ?? replayed)?.index ?? 0}: recorded ${words(recorded)}, repeated ${words(replayed)}`);
    },
  });
}
