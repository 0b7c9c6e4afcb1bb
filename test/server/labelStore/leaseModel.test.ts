import assert from 'node:assert/strict';
import * as path from 'node:path';
import { it } from 'node:test';
import fc from 'fast-check';
import { importTexts } from '../../../server/convert/importTexts';
import type { Lease } from '../../../server/labelStore/lease';
import type { LabelStore } from '../../../server/labelStore/labelStore';
import { labelled, Workspace } from './workspace';

const TEXT = 'Ada Lovelace met Charles Babbage in London.\n';
/** Renames go from one letter to the other, so that several are under way at once. */
const NAMES = ['a.txt', 'b.txt', 'c.txt'] as const;

/** What happens next; most of it without waiting for what went before. */
type Command =
  | {
      readonly kind: 'open' | 'close' | 'label' | 'save' | 'hold' | 'release' | 'import';
      readonly text: number;
    }
  | { readonly kind: 'rename'; readonly text: number }
  | { readonly kind: 'block' | 'unblock' | 'settle' };

/** A text as the model has it. */
interface ModelText {
  name: string;
  /** What it was labelled as. */
  readonly labels: string[];
  isOpen: boolean;
}

/** The store beside a plain model of it: which texts there are, and which labels each was given. */
class Run {
  readonly #workspace: Workspace;
  readonly #store: LabelStore;
  readonly #texts = NAMES.map((name): ModelText => ({ name, labels: [], isOpen: false }));
  readonly #leases: Lease[] = [];
  readonly #pending: Promise<unknown>[] = [];
  #unblock: (() => Promise<void>) | undefined;
  #count = 0;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    this.#store = workspace.store();
    for (const { name } of this.#texts) workspace.write(path.join(workspace.root, name), TEXT);
  }

  async do(command: Command): Promise<void> {
    switch (command.kind) {
      case 'block':
        if (this.#unblock === undefined) {
          await this.#settled();
          this.#unblock = await this.#workspace.block();
        }
        return;
      case 'unblock':
        await this.#unblock?.();
        this.#unblock = undefined;
        return;
      case 'settle':
        return this.#settle();
      default:
        return this.#begin(command.kind, this.#texts[command.text]);
    }
  }

  async #begin(kind: Extract<Command, { text: number }>['kind'], text: ModelText): Promise<void> {
    const { name } = text;
    switch (kind) {
      case 'open': {
        text.isOpen = true;
        await this.#store.open(name, TEXT);
        return;
      }
      case 'close':
        text.isOpen = false;
        this.#pending.push(this.#store.close(name));
        return;
      case 'label': {
        if (!text.isOpen) return;
        const label = `L${this.#count++}`;
        text.labels.push(label);
        const add = { kind: 'add', label: labelled(TEXT, 'London', label) } as const;
        const given = this.#store.apply(name, 'Label', [add]);
        // What is answered is on disk.
        this.#pending.push(given.then(() => assert.ok(this.#onDisk(text.name).includes(label), label)));
        return;
      }
      case 'import': {
        const label = `I${this.#count++}`;
        text.labels.push(label);
        const one = {
          file: path.join(this.#workspace.root, name),
          ...{ text: TEXT, labels: [labelled(TEXT, 'Ada', label)] },
        };
        const imported = importTexts(this.#store, [one], 'x');
        while (!this.#store.get(name)?.live.labels.some((its) => its.label === label))
          await new Promise(setImmediate);
        this.#pending.push(imported);
        return;
      }
      case 'save':
        this.#pending.push(this.#store.textSaved(name));
        return;
      case 'hold': {
        const lease = this.#store.hold(name);
        this.#leases.push(lease);
        await lease.read;
        return;
      }
      case 'release':
        this.#leases.shift()?.release();
        return;
      case 'rename': {
        await this.#settle(); // the file system moves the text at once
        text.name = `${path.basename(name, '.txt')}x.txt`;
        this.#workspace.write(path.join(this.#workspace.root, text.name), TEXT);
        const renamed = this.#store.rename(name, text.name);
        if (text.isOpen) {
          const label = `R${this.#count++}`;
          text.labels.push(label);
          const add = { kind: 'add', label: labelled(TEXT, 'Charles', label) } as const;
          this.#pending.push(this.#store.apply(name, 'Label', [add]));
        }
        await renamed;
      }
    }
  }

  #onDisk(name: string): string[] {
    return this.#workspace.labelLines(name).map((line) => (JSON.parse(line) as { label: string }).label);
  }

  async #settled(): Promise<void> {
    for (const one of this.#pending.splice(0)) await one;
  }

  async #settle(): Promise<void> {
    await this.#unblock?.();
    this.#unblock = undefined;
    await this.#settled();
  }

  /** Ends everything, and compares. */
  async check(): Promise<void> {
    await this.#settle();
    const annotated = this.#texts.filter(({ labels }) => labels.length > 0).map(({ name }) => name);
    assert.deepEqual(await this.#store.texts(), annotated.sort());
    for (const { name, labels, isOpen } of this.#texts) {
      assert.deepEqual(this.#onDisk(name).sort(), [...labels].sort(), name);
      if (isOpen) assert.equal(this.#store.get(name)?.live.text, TEXT, name);
    }
    for (const { name } of this.#texts) await this.#store.close(name);
    for (const lease of this.#leases) lease.release();
    for (const { name } of this.#texts) assert.equal(this.#store.get(name), undefined, name);
  }
}

it('documents of labels do what a plain model says, whoever holds them and whatever is being written', async (t) => {
  const text = fc.nat(NAMES.length - 1);
  const kinds = ['open', 'close', 'label', 'save', 'hold', 'release', 'import', 'rename'] as const;
  const command: fc.Arbitrary<Command> = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom(...kinds), text }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('open' as const, 'label' as const), text }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('block' as const, 'unblock' as const, 'settle' as const),
      }),
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 30 }), async (commands) => {
      const run = new Run(new Workspace(t));
      for (const one of commands) await run.do(one);
      await run.check();
    }),
    { seed: 12, numRuns: 60 },
  );
});
