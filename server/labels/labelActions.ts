import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { Span } from '../../models/text/span';
import type { WireLabelOperation } from '../protocol/labels';
import { findingDiagnostic } from './labelDiagnostics';
import { labelChoices } from './labelChoices';
import type { LabelDesk } from './labelDesk';
import type { LabelFindings } from './labelFindings';
import type { OpenText } from './openText';
import { fixOperation } from './fixOperations';
import { keepRival, rivalsIn } from './rivals';
import { percent } from './percent';
import { layersReviewed } from './sentenceReview';
import { serverCommands } from '../protocol/serverCommands';

/** Labels that a menu offers at most; the command of the client offers all. */
const MOST_CHOICES = 10;
/** The longest words in a title, in code units. */
const MOST_WORDS = 40;

/** What can be done about the labels and suggestions at a place, each as one action of an editor. */
export class LabelActions {
  readonly #desk: LabelDesk;
  readonly #findings: LabelFindings;

  constructor(desk: LabelDesk, findings: LabelFindings) {
    this.#desk = desk;
    this.#findings = findings;
  }

  /** Quick fixes of what needs a person. */
  fixes(text: OpenText, range: Span): CodeAction[] {
    const conflicts = rivalsIn(text)
      .filter(({ theirs }) => touches(theirs, range))
      .flatMap((rivals) => {
        const name = (label: { label: string; annotator: string }): string =>
          `${label.label} by ${label.annotator}`;
        const { mine, theirs } = rivals;
        return [
          action(text, `Keep ${name(theirs)}`, keepRival(rivals, true), CodeActionKind.QuickFix),
          action(
            text,
            mine === undefined ? `Remove ${name(theirs)}` : `Keep ${name(mine)}`,
            keepRival(rivals, false),
            CodeActionKind.QuickFix,
          ),
        ];
      });
    const findings = this.#findings.of(text).filter((finding) => touches(finding, range));
    const fixes = findings.flatMap((finding) =>
      finding.fixes.map((fix) => ({
        ...action(text, fix.title, [fixOperation(text, finding, fix)], CodeActionKind.QuickFix),
        diagnostics: [findingDiagnostic(text, finding, 'warning')],
      })),
    );
    return [...conflicts, ...fixes];
  }

  /** Decisions on suggestions and labels, and on the sentence. */
  decisions(text: OpenText, range: Span): CodeAction[] {
    return [
      ...this.#onSuggestions(text, range),
      ...(range.start < range.end ? this.#onSelection(text, range) : []),
      ...this.#onLabels(text, range),
      ...this.#onSentence(text, range),
    ];
  }

  #onSuggestions(text: OpenText, range: Span): CodeAction[] {
    const near = { start: range.start - 1, end: range.end + 1 }; // a caret just behind a word is on it
    const open = this.#desk
      .suggestions(text, near)
      .filter((one) => one.kind !== 'token' && touches(one, range));
    return open.flatMap((one) => {
      const { layer, label, start, end, probability } = one;
      const words = `${label} on ${quoted(text, one)}`;
      const add = { kind: 'add', layer, label, start, end, confidence: probability } as const;
      return [
        action(text, `Accept ${words} (${percent(probability)})`, [add]),
        action(text, `Reject ${words}`, [{ ...add, state: 'rejected' }]),
      ];
    });
  }

  #onSelection(text: OpenText, range: Span): CodeAction[] {
    const { document, place } = text;
    const choices = labelChoices(document, range, place.folder.project.layers).slice(0, MOST_CHOICES);
    return choices.map(({ layer, label }) =>
      action(text, `Label ${quoted(text, range)} as ${label} (${layer})`, [
        { kind: 'add', layer, label, start: range.start, end: range.end },
      ]),
    );
  }

  #onLabels(text: OpenText, range: Span): CodeAction[] {
    const { layers } = text.place.folder.project;
    const labels = text.labels.filter((label) => touches(label, range) && !label.layer.startsWith('@'));
    return labels.flatMap(({ id, layer, label, state, start, end, review }) => {
      const words = `${label} on ${quoted(text, { start, end })}`;
      const others = (layers.find(({ name }) => name === layer)?.labels ?? [])
        .filter(({ name }) => name !== label)
        .slice(0, MOST_CHOICES);
      return [
        ...(review === 'changed' ? [action(text, `Keep ${words}`, [{ kind: 'change', id }])] : []),
        state === 'rejected'
          ? action(text, `Accept ${words}`, [{ kind: 'change', id, state: 'confirmed' }])
          : action(text, `Reject ${words}`, [{ kind: 'change', id, state: 'rejected' }]),
        action(text, `Remove ${words}`, [{ kind: 'remove', id }]),
        ...others.map(({ name }) =>
          action(text, `Relabel ${words} as ${name}`, [
            { kind: 'change', id, label: name, state: 'confirmed' },
          ]),
        ),
      ];
    });
  }

  #onSentence(text: OpenText, { start }: Span): CodeAction[] {
    const sentence = text.document.sentenceAt(start);
    if (sentence === undefined) return [];
    const inView = this.#desk.layersInView(text, sentence);
    const { layers } = text.place.folder.project;
    const reviewed = layersReviewed(sentence, text.labels, layers);
    const unmark =
      reviewed.length === 0 ? [] : [this.#review(text, sentence, reviewed, 'Remove the review mark')];
    // Where nothing tells which layers were looked at, the person does.
    const spans = layers.filter(({ kind }) => kind === 'span').map(({ name }) => [name]);
    const choices = inView.length > 0 ? [inView] : spans;
    const marks = choices
      .filter((names) => !names.every((name) => reviewed.includes(name)))
      .map((names) =>
        this.#review(text, sentence, names, `Mark the sentence as reviewed (${names.join(', ')})`),
      );
    return [...marks, ...unmark];
  }

  #review(text: OpenText, sentence: Span, names: readonly string[], title: string): CodeAction {
    return action(text, title, this.#desk.reviewStep(text, sentence, names).operations);
  }
}

function action(
  { document }: OpenText,
  title: string,
  operations: readonly WireLabelOperation[],
  kind: CodeActionKind = CodeActionKind.RefactorRewrite,
): CodeAction {
  const params = { uri: document.uri, version: document.version, title, operations };
  return { title, kind, command: { title, command: serverCommands.label, arguments: [params] } };
}

/** True for spans that share text; a caret also touches what it stands at the border of. */
function touches(one: Span, { start, end }: Span): boolean {
  return start === end || one.start === one.end
    ? one.start <= end && one.end >= start
    : one.start < end && one.end > start;
}

function quoted({ document }: OpenText, span: Span): string {
  const words = document.getText(span).replace(/\s+/g, ' ');
  return `“${words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS - 1)}…` : words}”`;
}
