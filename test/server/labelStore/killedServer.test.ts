import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { parseLabelLine } from '../../../models/annotations/labelLine';
import { Random } from '../../../models/random';
import { label } from '../../../server/protocol/labels';
import { skipWithoutBuild } from '../smoke/builtServer';
import { LabelJournal } from './serverKill';
import { Workspace } from './workspace';

/** Two hundred take minutes: `npm run test:kills`. */
const ROUNDS = Number(process.env['GLOSSATOR_KILLS'] ?? 20);
/** Rounds on one text: its labels grow, and stay few enough for a quick start. */
const ROUNDS_OF_TEXT = 20;
const WORDS = 1000;
const TEXT = Array.from({ length: WORDS }, (_, i) => `w${String(i).padStart(3, '0')} `).join('');

describe('the built server, killed at any moment while a person labels', { skip: skipWithoutBuild }, () => {
  it(`loses no label that it called saved, in ${ROUNDS} rounds of 200 (GLOSSATOR_KILLS)`, async (t) => {
    const workspace = new Workspace(t);
    const random = new Random(8);
    const starts: number[] = [];
    let labels = 0;
    for (let done = 0; done < ROUNDS; done += ROUNDS_OF_TEXT) {
      const journal = new LabelJournal(workspace.root, `text-${done}.txt`, TEXT);
      const present = (): Set<number> => {
        const lines = workspace.labelLines(journal.name); // throws where half is written
        return new Set(lines.map((line) => parseLabelLine(line).start));
      };
      let next = 0;
      for (let round = done; round < Math.min(ROUNDS, done + ROUNDS_OF_TEXT); round++) {
        next = await journal.labelUntilKilled(next, random);
        const there = present();
        const missing = [...journal.saved].filter((start) => !there.has(start));
        assert.deepEqual(missing, [], `lost in round ${round}`);
        const back = [...journal.undone].filter((start) => there.has(start));
        assert.deepEqual(back, [], `undone, and there again in round ${round}`);
      }
      assert.ok(next <= WORDS && journal.saved.size > 0);
      // The next server reads it all, and clears up.
      const kept = present();
      const { client, labels: shown } = await journal.open();
      assert.deepEqual(new Set(shown.map(({ start }) => start)), kept);
      const operations = [{ kind: 'remove' as const, id: shown[0].id }];
      const params = { uri: journal.uri, version: 1, title: 'Remove', operations };
      await client.connection.sendRequest(label, params);
      assert.equal(await client.stop(), 0);
      assert.equal(present().size, kept.size - 1);
      const files = readdirSync(path.dirname(workspace.sidecar()));
      const own = files.filter((name) => name.includes(journal.name));
      assert.deepEqual(own, [`${journal.name}.jsonl`]);
      labels += kept.size;
      starts.push(...journal.starts);
    }
    starts.sort((a, b) => a - b);
    t.diagnostic(
      `${ROUNDS} servers killed, ${labels} labels kept; a start takes ${Math.round(starts[starts.length >> 1])} ms`,
    );
  });
});
