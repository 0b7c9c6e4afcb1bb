import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { skipWithoutBuild } from '../server/smoke/builtServer';
import { labelCommands } from './labelCommands';
import { LabelWorld } from './labelWorld';

const TEXTS = {
  'a.txt': 'Ada Lovelace met Ben in Łódź.\nBen wrote to Ada, and Ada wrote back.\n',
  'b.md': '# Étude 👩‍👩‍👧\n\nAda sailed to *New York* with Ben.\n',
};
/** Commands of one sequence at most; a server lives that long. */
const SEQUENCE = 80;

/** Commands in all, and where chance begins: `npm run test:model -- COMMANDS SEED`. */
const COMMANDS = Number(process.env.GLOSSATOR_COMMANDS ?? 2000);
const SEED = Number(process.env.GLOSSATOR_SEED ?? 1);

it(
  `labels are where a person knows them, over ${COMMANDS} random commands`,
  { skip: skipWithoutBuild },
  async (t) => {
    let commands = 0;
    const tally = { labelled: 0, refused: 0 };
    const property = fc.asyncProperty(
      labelCommands(Object.keys(TEXTS).length, SEQUENCE),
      async (sequence) => {
        const world = await LabelWorld.start(TEXTS);
        try {
          await fc.asyncModelRun(() => ({ model: world, real: world }), sequence);
          commands += [...sequence].length;
          tally.labelled += world.tally.labelled;
          tally.refused += world.tally.refused;
        } finally {
          await world.stop();
        }
      },
    );
    // Prints seed and path, and the shortest sequence that fails.
    const numRuns = Math.ceil(COMMANDS / SEQUENCE) * 2;
    await fc.assert(property, {
      seed: SEED,
      numRuns,
      includeErrorInReport: true,
      endOnFailure: process.env.GLOSSATOR_NO_SHRINK !== undefined,
      // Looking for the shortest sequence ends before the runner gives up on the file.
      ...(COMMANDS > 2000 ? {} : { interruptAfterTimeLimit: 8 * 60_000, markInterruptAsFailure: true }),
    });
    t.diagnostic(`${commands} commands, ${tally.labelled} changes of labels and ${tally.refused} refused`);
    assert.ok(tally.labelled > commands / 20, 'most labels are taken');
  },
);
