import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { DidRenameFilesNotification } from 'vscode-languageserver-protocol/node';
import { withFileLock } from '../../models/data/fileLock';
import { WorkspaceFiles } from '../../models/data/workspaceFiles';
import * as protocol from '../../server/protocol/labels';
import { lockOf } from '../../server/workspace/workspacePaths';
import { EditorBuffer, positionOf, type Replacement } from './editorBuffer';
import { type LabelLine, labelLines, readAnnotations } from './annotationFile';
import { EditorWindow } from './editorWindow';
import { PROJECT } from './project';
import {
  checkLabels,
  type Decision,
  type KnownLabel,
  KnownText,
  namesOf,
  placeOf,
  type Step,
} from './oracle';

/** How long the server may take to put on disk what it was not asked to answer for, in ms; far longer than it does. */
const LIMIT = 20_000;
/** How long another server may take to label while one stands still that holds the lock, or not, in ms. */
const STALLED = 300;

/** A folder with texts, one or two servers on it, an editor, and a person who remembers every label. */
export class LabelWorld {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'glossator-model-'));
  readonly texts: KnownText[];
  readonly done: Step[] = [];
  undone: Step[] = [];
  /** False from when the history may hold steps that the person does not know the order of. */
  knowsHistory = true;
  /** Labels that were asked for and acknowledged, and those that were refused. */
  readonly tally = { labelled: 0, refused: 0 };
  #window!: EditorWindow;
  #other: EditorWindow | undefined;
  #steps = 0;

  private constructor(texts: Readonly<Record<string, string>>) {
    this.texts = Object.entries(texts).map(([name, text]) => new KnownText(name, text));
  }

  static async start(texts: Readonly<Record<string, string>>): Promise<LabelWorld> {
    const world = new LabelWorld(texts);
    world.#write('.glossator/project.json', JSON.stringify(PROJECT));
    for (const { name, disk } of world.texts) world.#write(name, disk.text);
    world.#window = await EditorWindow.open(world.folder);
    return world;
  }

  async stop(): Promise<void> {
    await this.#window.kill();
    await this.#other?.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  sidecar(text: KnownText): string {
    return path.join(this.folder, '.glossator', 'annotations', ...`${text.name}.jsonl`.split('/'));
  }

  async open(text: KnownText): Promise<void> {
    text.buffer = new EditorBuffer(text.disk.text, text.disk.ids);
    text.isOpen = true;
    await this.#window.openText(text.name, text.buffer.text, text.language, ++text.version);
    await this.look(text, 'opening', true);
  }

  /** Closes a text; what was not saved of it is gone. */
  async close(text: KnownText): Promise<void> {
    text.isOpen = false;
    await this.#window.closeText(text.name);
  }

  /** As VS Code does it: closed and opened again, with no time between. */
  async changeLanguage(text: KnownText): Promise<void> {
    text.language = text.language === 'plaintext' ? 'markdown' : 'plaintext';
    void this.#window.closeText(text.name);
    await this.#window.openText(text.name, text.buffer.text, text.language, ++text.version);
    await this.look(text, 'a change of language', true);
  }

  /** Tells the server of an event of the editor; nothing is waited for. */
  tell(text: KnownText, before: string, changes: readonly Replacement[]): void {
    let now = before;
    const contentChanges = changes.map(({ start, end, newText }) => {
      const range = { start: positionOf(now, start), end: positionOf(now, end) };
      now = now.slice(0, start) + newText + now.slice(end);
      return { range, text: newText };
    });
    assert.equal(now, text.buffer.text, 'the editor tells what it did');
    void this.#window.client.change(this.#window.uri(text.name), ++text.version, contentChanges);
  }

  /** Saves a text, and waits until its annotation file says where its labels now are. */
  async save(text: KnownText): Promise<void> {
    this.#write(text.name, text.buffer.text);
    text.disk = { text: text.buffer.text, ids: text.buffer.ids };
    await this.#window.saved(text.name);
    const labels = await this.look(text, 'saving');
    for (const label of labels) if (label.review === undefined) text.place(text.labels.get(label.id)!, label);
    await this.#untilOnDisk(text, labels);
  }

  /** Changes labels by one request. @returns false where the server refused it, and nothing is changed */
  async label(text: KnownText, operations: readonly protocol.WireLabelOperation[]): Promise<boolean> {
    const title = `Label ${++this.#steps}`;
    const params = { uri: this.#window.uri(text.name), version: text.version, title, operations };
    const before = await this.look(text, 'before labelling');
    let isDone = false;
    try {
      await this.#window.client.connection.sendRequest(protocol.label, params);
      isDone = true;
    } catch (error) {
      this.tally.refused++;
      assert.match(String(error), /^Error: [A-Z].*[.”]$/, 'a refusal is one sentence');
      return false;
    } finally {
      await this.#takeDecisions(text, before, isDone ? title : undefined);
    }
    this.tally.labelled++;
    this.#checkSidecar(text);
    return true;
  }

  /** Kills the server right after it was asked for a label, and opens another on what is there. */
  async killWhileLabelling(text: KnownText, operation: protocol.WireLabelOperation): Promise<void> {
    void this.#window.label(text.name, text.version, operation);
    this.knowsHistory = false;
    const known = new Set(text.labels.keys());
    await this.kill(text);
    // What was not acknowledged may be there or not.
    assert.ok([...text.labels.keys()].filter((id) => !known.has(id)).length <= 1, 'one label at most is new');
  }

  /** @param maybe a text that may have a label more than is known */
  async kill(maybe?: KnownText): Promise<void> {
    await this.#window.kill();
    this.#window = await EditorWindow.open(this.folder);
    for (const text of this.texts) {
      if (!text.isOpen) continue;
      await this.#window.openText(text.name, text.buffer.text, text.language, ++text.version);
      text.seen.clear();
      if (text === maybe) await this.#takeDecisions(text, []);
      await this.look(text, 'SIGKILL', true);
    }
  }

  async undoLabels(text: KnownText, isUndo: boolean): Promise<void> {
    const type = isUndo ? protocol.undoLabels : protocol.redoLabels;
    const told = await this.#window.labels(text.name);
    const { connection } = this.#window.client;
    const answer = await connection.sendRequest(type, { uri: this.#window.uri(text.name) });
    const stack = isUndo ? this.done : this.undone;
    // Borders may go back, too, and who does not know the history learns it from what is shown.
    if (!this.knowsHistory) return this.#takeDecisions(text, told);
    const last = (): Step | undefined => [...stack].reverse().find((one) => one.text === text);
    let step = last();
    // What changed nothing may be no step.
    while (step !== undefined && step.title !== answer?.title && step.after.size + step.before.size === 0) {
      stack.splice(stack.indexOf(step), 1);
      step = last();
    }
    assert.equal(answer?.title, step?.title, 'the last step that the person knows is undone');
    if (answer === null || step === undefined) return;
    stack.splice(stack.indexOf(step), 1);
    (isUndo ? this.undone : this.done).push(step);
    const [from, to] = isUndo ? [step.after, step.before] : [step.before, step.after];
    let skipped = 0;
    const now = namesOf(text.labels.values());
    for (const [id, decision] of to) {
      if (now.get(id) !== from.get(id)?.name) skipped++;
      else this.#name(text, id, decision);
    }
    assert.equal(answer.skipped, skipped, 'steps that were skipped');
    await this.look(text, isUndo ? 'undo of labels' : 'redo of labels');
    this.#checkSidecar(text);
  }

  /** Renames a text on disk, and tells the server as editors do: the document first, or the file first. */
  async rename(text: KnownText, name: string, isFileFirst: boolean): Promise<void> {
    const [from, to] = [text.name, name].map((one) => path.join(this.folder, ...one.split('/')));
    mkdirSync(path.dirname(to), { recursive: true });
    renameSync(from, to);
    const files = [{ oldUri: this.#window.uri(text.name), newUri: this.#window.uri(name) }];
    const { connection } = this.#window.client;
    const tell = () => connection.sendNotification(DidRenameFilesNotification.type, { files });
    const old = text.name;
    text.name = name;
    if (isFileFirst || !text.isOpen) await tell();
    if (text.isOpen) {
      void this.#window.closeText(old);
      await this.#window.openText(name, text.buffer.text, text.language, ++text.version);
      if (!isFileFirst) await tell();
    }
    await this.#until(async () => {
      const isThere = existsSync(this.sidecar(text)) === text.labels.size > 0;
      if (!text.isOpen || !isThere) return isThere;
      return (await this.#window.labels(text.name)).length === text.labels.size;
    }, `the labels of ${old} under ${name}`);
    if (text.isOpen) await this.look(text, 'renaming', true);
  }

  /** Another program, or a second window, labels some words of a text as it is on disk. */
  async labelElsewhere(text: KnownText, operation: protocol.WireLabelOperation): Promise<void> {
    this.knowsHistory = false;
    this.#other ??= await EditorWindow.open(this.folder);
    const other = this.#other;
    await other.openText(text.name, text.disk.text, text.language, ++text.version);
    const before = new Set((await other.labels(text.name)).map(({ id }) => id));
    const isDone = await other.label(text.name, text.version, operation);
    const labels = await other.labels(text.name);
    await other.closeText(text.name);
    assert.ok(!isDone || labels.length >= before.size);
    for (const { id, layer, label, start, end } of labels) {
      const known = text.labels.get(id);
      if (known !== undefined && known.layer === layer && known.label === label) continue;
      const units = text.disk.ids.slice(start, end);
      const quotes = new Set([...(known?.quotes ?? []), text.disk.text.slice(start, end)]);
      const decisions = (known?.decisions ?? 0) + 1;
      text.labels.set(id, { id, layer, label, units, doubtful: new Set(), quotes, decisions });
    }
    await this.#tellOfSidecar(text);
  }

  /**
   * A server is stopped at some moment of a label, as a laptop's sleep does, for longer than a lock should live; another
   * labels meanwhile; then the first goes on.
   * @param spin ms from the request to the stop
   */
  async stall(
    text: KnownText,
    mine: protocol.WireLabelOperation,
    theirs: protocol.WireLabelOperation,
    spin: number,
  ): Promise<void> {
    this.knowsHistory = false;
    this.#other ??= await EditorWindow.open(this.folder);
    const other = this.#other;
    await other.openText(text.name, text.disk.text, text.language, ++text.version);
    const version = text.version;
    const before = [...text.labels.keys()];
    const { process: server } = this.#window.client;
    const asked = this.#window.label(text.name, text.version - 1, mine);
    for (const end = performance.now() + spin; performance.now() < end;);
    server.kill('SIGSTOP');
    const lock = lockOf(this.folder);
    if (existsSync(lock)) utimesSync(lock, new Date(0), new Date(0));
    const answered = other.label(text.name, version, theirs);
    await Promise.race([answered, wait(STALLED)]);
    server.kill('SIGCONT');
    const [isMine, isTheirs] = await Promise.all([asked, answered]);
    await other.closeText(text.name);
    await this.#window.tellOfChange(this.sidecar(text));
    const has = (labels: ReadonlyMap<string, string>, one: protocol.WireLabelOperation): boolean =>
      one.kind === 'add' && [...labels.values()].includes(`${one.layer}/${one.label}`);
    await this.#until(async () => {
      const shown = namesOf(await this.#window.labels(text.name));
      const kept = namesOf(labelLines(this.sidecar(text), text));
      return (
        isDeepStrictEqual(shown, kept) && (!isMine || has(shown, mine)) && (!isTheirs || has(shown, theirs))
      );
    }, 'the labels of both in the text as in the file');
    await this.#takeDecisions(text, []);
    for (const id of before) assert.ok(text.labels.has(id), 'no label is lost');
    this.#checkSidecar(text);
  }

  /** Another program, which knows the lock, writes a line that is no label into the annotation file. */
  async breakLine(text: KnownText, line: string): Promise<void> {
    const file = this.sidecar(text);
    await withFileLock(new WorkspaceFiles(this.folder), lockOf(this.folder), async () => {
      if (!existsSync(file)) return;
      text.foreignLines.add(line);
      writeFileSync(file, `${readFileSync(file, 'utf8')}${line}\n`);
    });
    await this.#tellOfSidecar(text);
  }

  /** Another program writes a text that the editor has not open. */
  writeElsewhere(text: KnownText, changes: readonly Replacement[]): void {
    const buffer = new EditorBuffer(text.disk.text, text.disk.ids);
    buffer.edit(changes);
    text.disk = { text: buffer.text, ids: buffer.ids };
    this.#write(text.name, buffer.text);
  }

  /** What the server says of a text that is open, held to what the person knows. */
  async look(text: KnownText, after: string, isRelocated = false): Promise<protocol.WireLabel[]> {
    if (!text.isOpen) return [];
    const labels = await this.#window.labels(text.name);
    if (isRelocated) text.seen.clear();
    checkLabels(text, labels, after, isRelocated);
    if (isRelocated) text.reopened(labels);
    return labels;
  }

  async #tellOfSidecar(text: KnownText): Promise<void> {
    await this.#window.tellOfChange(this.sidecar(text));
    if (!text.isOpen) return;
    await this.#until(async () => {
      const told = namesOf(await this.#window.labels(text.name));
      return isDeepStrictEqual(told, namesOf(text.labels.values()));
    }, 'labels from elsewhere');
    text.seen.clear();
    await this.look(text, 'a change from elsewhere', true);
  }

  /** Takes over what labels are now as decisions of the person. @param title of the step of undo that they are */
  async #takeDecisions(text: KnownText, told: readonly protocol.WireLabel[], title?: string): Promise<void> {
    const labels = await this.#window.labels(text.name);
    const [old, now] = [namesOf(text.labels.values()), namesOf(labels)];
    const places = new Map(told.map((label) => [label.id, placeOf(label)]));
    const changed = [...new Set([...old.keys(), ...now.keys()])].filter((id) => {
      const label = labels.find((one) => one.id === id);
      const isMoved = places.has(id) && label !== undefined && places.get(id) !== placeOf(label);
      return old.get(id) !== now.get(id) || isMoved;
    });
    const decisionOn = (id: string): Decision | undefined => {
      const known = text.labels.get(id);
      return known && { name: `${known.layer}/${known.label}`, units: known.units };
    };
    const before = new Map(changed.map((id) => [id, decisionOn(id)]));
    for (const id of changed) {
      const name = now.get(id);
      const known = this.#name(
        text,
        id,
        name === undefined ? undefined : { name, units: decisionOn(id)?.units ?? [] },
      );
      const told = labels.find((one) => one.id === id);
      if (known !== undefined && told !== undefined) text.place(known, told);
    }
    if (title !== undefined) {
      this.done.push({ text, title, before, after: new Map(changed.map((id) => [id, decisionOn(id)])) });
      this.undone = this.undone.filter((step) => step.text !== text);
    }
    await this.look(text, title ?? 'decisions');
  }

  /** A label that was removed is remembered: undo brings it back to its words. */
  #name(text: KnownText, id: string, decision: Decision | undefined): KnownLabel | undefined {
    const known = text.labels.get(id) ?? this.#removed.get(id);
    if (decision === undefined) {
      text.labels.delete(id);
      if (known !== undefined) this.#removed.set(id, known);
      return undefined;
    }
    const [layer, label] = decision.name.split('/');
    const { quotes = new Set<string>(), decisions = 0 } = known ?? {};
    const doubtful = known?.doubtful ?? new Set();
    const named = { id, layer, label, units: decision.units, doubtful, quotes, decisions: decisions + 1 };
    text.labels.set(id, named);
    return named;
  }

  readonly #removed = new Map<string, KnownLabel>();

  #checkSidecar(text: KnownText): LabelLine[] {
    return readAnnotations(this.sidecar(text), text);
  }

  async #untilOnDisk(text: KnownText, labels: readonly protocol.WireLabel[]): Promise<void> {
    const wanted = new Map(labels.map(({ id, start, end }) => [id, `${start} ${end}`]));
    await this.#until(
      async () =>
        this.#checkSidecar(text).every(
          ({ id, start, end, quote, review }) =>
            wanted.get(id) === `${start} ${end}` &&
            (review !== undefined || quote === text.disk.text.slice(start, end)),
        ),
      `the places of the labels of ${text.name} and their words on disk`,
    );
  }

  async #until(ask: () => Promise<boolean>, what: string): Promise<void> {
    for (const end = Date.now() + LIMIT; !(await ask());)
      if (Date.now() > end) assert.fail(`waited in vain for ${what}`);
  }

  #write(name: string, content: string): void {
    const file = path.join(this.folder, ...name.split('/'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
