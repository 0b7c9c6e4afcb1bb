import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { keyOf, ModelFolder, type Nature, ServingBench } from './servingBench';

const [sound, other, broken, unsound] = [1, 2, 3, 4].map((second) => `2026-01-01T00-00-0${second}`);
const RUNS = [sound, other, broken, unsound] as const;
const NATURES: Readonly<Record<string, ReturnType<Nature>>> = {
  [broken]: 'broken',
  [unsound]: 'unsound',
  lost: 'broken',
};
const nature: Nature = (directory) => NATURES[path.basename(directory)] ?? 'sound';

type Backend = 'auto' | 'wasm';
type Outcome = 'serves' | 'superseded' | 'refused';

interface Wish {
  readonly run?: string | null;
  readonly isTrial: boolean;
  readonly isAnew?: boolean;
  readonly tell: (outcome: Outcome) => void;
}

/** What one program is to do, told as plainly as can be. */
class PlainProgram {
  settings = { backend: 'auto' as Backend, model: '' };
  serving: string | null = null;
  source: string | null = null;
  failed = false;
  refused: string | null = null;
  queue: Wish[] = [];
  standing: Wish | null = null;
  trial: Wish | null = null;
  /** What is being loaded, and what happens when it is. */
  loading: { readonly model: string; readonly then: (isLoaded: boolean) => void } | null = null;

  constructor(readonly disk: { current: string | null }) {}

  key(run: string | null): string {
    return `${this.settings.model || (run ?? 'built-in')} on ${this.settings.backend}`;
  }

  ask(wish: Wish): void {
    if (wish.isTrial) this.trial = wish;
    else if (!wish.isAnew) this.standing = wish;
    this.queue.push(wish);
    this.advance();
  }

  advance(): void {
    while (this.loading === null) {
      const wish = this.queue.shift();
      if (wish === undefined) return;
      if (wish.isTrial) this.try(wish);
      else this.follow(wish);
    }
  }

  try(wish: Wish): void {
    const run = wish.run ?? null;
    if (wish !== this.trial) return wish.tell('superseded');
    const model = this.key(run);
    if (this.source === model && this.serving !== null) {
      this.disk.current = run;
      this.refused = null;
      return wish.tell('serves');
    }
    this.load(model, (isLoaded) => {
      if (!isLoaded || nature(nameOf(model)) === 'unsound') return wish.tell('refused');
      if (wish !== this.trial || this.key(run) !== model) return wish.tell('superseded');
      this.disk.current = run;
      this.serve(model);
      wish.tell('serves');
    });
  }

  follow(wish: Wish): void {
    if (!wish.isAnew && wish !== this.standing) return wish.tell('superseded');
    const model = this.key(this.disk.current);
    const instead = !this.settings.model && this.disk.current !== null ? this.key(null) : null;
    const refuse = (): void => {
      this.refused = model;
      if (instead === null) {
        if (this.serving === null) this.failed = true;
        return wish.tell('refused');
      }
      if (this.serving !== null && this.source === instead) return wish.tell('refused');
      this.load(instead, () => {
        if (this.key(this.disk.current) === model) this.serve(instead);
        this.refused = model;
        wish.tell('refused');
      });
    };
    if (!wish.isAnew && this.refused === model) return refuse();
    if (!wish.isAnew && this.source === model) {
      this.refused = null;
      return wish.tell(this.failed ? 'refused' : 'serves');
    }
    this.failed = false;
    this.load(model, (isLoaded) => {
      if (this.key(this.disk.current) !== model) return wish.tell('superseded');
      if (!isLoaded) return refuse();
      this.serve(model);
      wish.tell('serves');
    });
  }

  load(model: string, then: (isLoaded: boolean) => void): void {
    this.loading = { model, then };
  }

  serve(model: string): void {
    [this.serving, this.source, this.refused, this.failed] = [model, model, null, false];
  }

  answer(): void {
    const { loading } = this;
    if (loading === null) return;
    this.loading = null;
    loading.then(nature(nameOf(loading.model)) !== 'broken');
    this.advance();
  }
}

const nameOf = (key: string): string => key.replace(/ on .*/, '');

interface Pair {
  readonly folder: ModelFolder;
  readonly benches: readonly ServingBench[];
  /** What did not come out as the plain program says. */
  readonly checks: (() => void)[];
}

type Plain = readonly PlainProgram[];
type Step = (plain: PlainProgram, real: ServingBench, pair: Pair) => Promise<void>;

/** A command to one of the two programs; afterwards both are as the plain ones say. */
class Command implements fc.AsyncCommand<{ programs: Plain }, Pair> {
  constructor(
    readonly name: string,
    readonly program: number,
    readonly step: Step,
  ) {}

  check(): boolean {
    return true;
  }

  async run({ programs }: { programs: Plain }, pair: Pair): Promise<void> {
    await this.step(programs[this.program], pair.benches[this.program], pair);
    for (const [i, real] of pair.benches.entries()) {
      await real.settled();
      const plain = programs[i];
      assert.deepEqual(
        {
          serving: real.serving,
          failed: real.tagging.failure !== undefined,
          loading: real.loads.map(({ source }) => keyOf(source)),
          alive: real.alive.size,
        },
        {
          serving: plain.serving,
          failed: plain.failed,
          loading: plain.loading === null ? [] : [plain.loading.model],
          alive: plain.serving === null ? 0 : 1,
        },
        `program ${i}`,
      );
    }
    const current = await pair.folder.history.current();
    assert.equal(current && path.basename(current), programs[0].disk.current);
    for (const check of pair.checks.splice(0)) check();
  }

  toString(): string {
    return `${this.name} in ${this.program}`;
  }
}

/** A wish whose answer is compared with that of the real one when both are there. */
function compared(pair: Pair, real: Promise<Outcome>): (outcome: Outcome) => void {
  let answer: Outcome | undefined;
  void real.then((outcome) => (answer = outcome));
  return (expected) =>
    pair.checks.push(() => {
      assert.equal(answer, expected);
    });
}

const follow: Step = async (plain, real, pair) => {
  const answer = real.follow().then(({ kind }) => kind);
  plain.ask({ isTrial: false, tell: compared(pair, answer) });
};

const use =
  (run: string | null): Step =>
  async (plain, real, pair) => {
    const { asked } = real.loader;
    const answer = real.retrainer.use(run).then(
      (why): Outcome => (why === null ? 'serves' : 'superseded'),
      (): Outcome => 'refused',
    );
    let isAnswered = false;
    void answer.then(() => (isAnswered = true));
    while (!isAnswered && real.loader.asked === asked)
      await new Promise<void>((resolve) => setImmediate(resolve));
    if (plain.settings.model) assert.equal(await answer, 'superseded', 'the setting overrules it');
    else plain.ask({ run, isTrial: true, tell: compared(pair, answer) });
  };

const set =
  (change: Partial<PlainProgram['settings']>): Step =>
  async (plain, real, pair) => {
    plain.settings = { ...plain.settings, ...change };
    real.settings.update(plain.settings);
    await follow(plain, real, pair);
  };

const answer: Step = async (plain, real) => {
  plain.answer();
  await real.answer();
};

const crash: Step = async (plain, real) => {
  if (plain.serving !== null) [plain.serving, plain.failed] = [null, true];
  await real.crash();
};

const recover: Step = async (plain, real) => {
  const { standing, failed, refused } = plain;
  void real.loader.recover();
  if (standing !== null && (failed || refused !== null))
    plain.ask({ isTrial: false, isAnew: true, tell: () => undefined });
};

/** As `glossator retrain` does, which tries nothing out. */
const choose =
  (run: string | null): Step =>
  async (plain, _real, { folder }) => {
    await folder.history.use(run);
    plain.disk.current = run;
  };

const commands = ([0, 1] as const).flatMap((program) => {
  const runs = fc.constantFrom(...RUNS, null);
  const one = (name: string, step: Step) => fc.constant(new Command(name, program, step));
  return [
    // As many as all others together: what is asked for is to be loaded, too, and now and then to wait.
    ...Array.from({ length: 6 }, () => one('answer', answer)),
    one('follow', follow),
    one('crash', crash),
    one('recover', recover),
    runs.map((run) => new Command(`use ${String(run)}`, program, use(run))),
    runs.map((run) => new Command(`choose ${String(run)} elsewhere`, program, choose(run))),
    fc
      .constantFrom<Backend>('auto', 'wasm')
      .map((backend) => new Command(backend, program, set({ backend }))),
    fc
      .constantFrom('', 'mine', 'lost')
      .map((model) => new Command(`model ${model}`, program, set({ model }))),
  ];
});

describe('two programs that bring models into service', () => {
  it('do as a plain model says, whatever is wanted, refused, changed or ended in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 40, size: 'max' }), async (steps) => {
        const folder = new ModelFolder();
        for (const run of RUNS) folder.add(run);
        const disk = { current: null };
        const setup = () => ({
          model: { programs: [new PlainProgram(disk), new PlainProgram(disk)] },
          real: {
            folder,
            benches: [0, 1].map(() => new ServingBench(folder.path, nature)),
            checks: [],
          } satisfies Pair,
        });
        try {
          await fc.asyncModelRun(setup, steps);
        } finally {
          folder.remove();
        }
      }),
      { numRuns: Number(process.env['GLOSSATOR_SERVING_RUNS'] ?? 60), seed: 12 },
    );
  });
});
