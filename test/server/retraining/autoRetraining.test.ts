import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { annotationsFolder } from '../../../server/workspace/workspacePaths';
import { AutoRetraining } from '../../../server/retraining/autoRetraining';

/** A clock that stands still until it is told to move. */
class Clock {
  #now = 0;
  #alarms: { readonly at: number; readonly callback: () => void }[] = [];

  readonly alarm = (callback: () => void, milliseconds: number): (() => void) => {
    const alarm = { at: this.#now + milliseconds, callback };
    this.#alarms.push(alarm);
    return () => (this.#alarms = this.#alarms.filter((other) => other !== alarm));
  };

  /** Lets seconds pass. @returns how many alarms went off */
  pass(seconds: number): number {
    this.#now += 1000 * seconds;
    const due = this.#alarms.filter(({ at }) => at <= this.#now);
    this.#alarms = this.#alarms.filter(({ at }) => at > this.#now);
    for (const { callback } of due) callback();
    return due.length;
  }
}

describe('retraining unasked', () => {
  let folder: string;
  let clock: Clock;
  let automatic: AutoRetraining;
  let isOn: boolean;
  let isTrusted: boolean;
  let isBusy: boolean;
  let labels: number;
  let learnt: number;
  let trained: () => void;
  let trainings: number;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'glossator-auto-'));
    mkdirSync(annotationsFolder(folder), { recursive: true });
    [isOn, isTrusted, isBusy, labels, learnt, trainings] = [true, true, false, 0, 0, 0];
    trained = () => undefined;
    clock = new Clock();
    automatic = new AutoRetraining(
      {
        isOn: () => isOn,
        folder: () => (isTrusted ? folder : undefined),
        learnt: () => Promise.resolve(learnt),
        isBusy: () => isBusy,
        retrain: () => {
          trainings++;
          trained();
          return Promise.resolve();
        },
      },
      clock.alarm,
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Saves a label, a second later than the one before. */
  function save(): void {
    const file = path.join(annotationsFolder(folder), 'letters.txt.jsonl');
    writeFileSync(file, '');
    utimesSync(file, ++labels, labels);
    automatic.labelled();
  }

  /** Lets twenty seconds pass and waits for the training that comes of it. */
  async function pause(): Promise<void> {
    const training = new Promise<void>((resolve) => (trained = resolve));
    assert.equal(clock.pass(20), 1);
    await training;
  }

  /** Lets twenty seconds pass, after which nothing is to happen; a later label shows that nothing was under way. */
  async function pauseInVain(): Promise<void> {
    const before = trainings;
    clock.pass(20);
    [isTrusted, isBusy] = [true, false];
    save();
    await pause();
    assert.equal(trainings, before + 1);
  }

  it('waits for twenty seconds without a label or a keystroke', async () => {
    save();
    assert.equal(clock.pass(19), 0);
    save();
    assert.equal(clock.pass(19), 0);
    automatic.edited();
    assert.equal(clock.pass(19), 0);
    const training = new Promise<void>((resolve) => (trained = resolve));
    assert.equal(clock.pass(1), 1);
    await training;
    assert.equal(trainings, 1);
  });

  it('does nothing where somebody only types, or saves a text whose labels were learnt', async () => {
    automatic.edited();
    assert.equal(clock.pass(60), 0);
    save();
    await pause();
    automatic.labelled();
    await pauseInVain();
  });

  it('waits until a training that runs is over, and learns what was labelled meanwhile', async () => {
    isBusy = true;
    save();
    assert.equal(clock.pass(20), 1);
    assert.equal(clock.pass(20), 1);
    assert.equal(trainings, 0);
    isBusy = false;
    await pause();
    assert.equal(trainings, 1);
  });

  it('does not learn again what somebody asked to be learnt', async () => {
    save();
    await automatic.begun();
    assert.equal(clock.pass(20), 0);
    automatic.labelled();
    await pauseInVain();
  });

  it('does not learn again what the newest model learnt before the server started', async () => {
    learnt = 1000;
    save();
    await pauseInVain();
  });

  it('does nothing in a workspace that is not trusted', async () => {
    isTrusted = false;
    save();
    await pauseInVain();
  });

  function turn(on: boolean): void {
    isOn = on;
    automatic.switched();
  }

  it('stops when the setting is turned off, and learns what it left when it is turned on', async () => {
    save();
    turn(false);
    assert.equal(clock.pass(60), 0);
    automatic.edited();
    assert.equal(clock.pass(60), 0);
    turn(true);
    await pause();
    assert.equal(trainings, 1);
  });

  it('learns what was labelled before the setting was turned on, and nothing where nothing was', async () => {
    turn(false);
    turn(true);
    assert.equal(clock.pass(60), 0);
    turn(false);
    save();
    assert.equal(clock.pass(60), 0);
    turn(true);
    await pause();
    assert.equal(trainings, 1);
  });
});
