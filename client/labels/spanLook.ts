import * as vscode from 'vscode';
import { backgroundOf } from '../tagStyles';
import type { TagStyle } from '../tagStyles';
import type { MarkState } from './shownMarks';

/** The border tells by its style what a person has said of a span. */
export const BORDERS: Readonly<Record<MarkState, string>> = {
  suggested: 'dashed',
  confirmed: 'solid',
  review: 'dotted',
};

/** Pixels by which each lane is drawn within the one before it, above and below. */
const INSET = 2;

/**
 * The frame around a span. Its style tells the state, the widths of its sides and its colour tell the label.
 * @param lane how many other frames it is drawn within
 */
export function spanLook(style: TagStyle, state: MarkState, lane: number): vscode.DecorationRenderOptions {
  const background = backgroundOf(style);
  // The editor sets the height on the element itself, which only `!important` outweighs.
  const inset =
    lane === 0
      ? ''
      : `; margin-top: ${lane * INSET}px; height: calc(100% - ${2 * lane * INSET}px) !important; box-sizing: border-box`;
  return {
    backgroundColor:
      background === undefined
        ? `color-mix(in srgb, ${variableOf(style.color)} 14%, transparent)`
        : new vscode.ThemeColor(background),
    borderColor: new vscode.ThemeColor(style.color),
    borderStyle: `${BORDERS[state]}${inset}`,
    borderWidth: state === 'review' ? widened(style.line) : style.line,
    borderRadius: '3px',
    overviewRulerColor: state === 'suggested' ? undefined : new vscode.ThemeColor(style.color),
    overviewRulerLane: state === 'review' ? vscode.OverviewRulerLane.Full : vscode.OverviewRulerLane.Center,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  };
}

/** The CSS variable that the editor makes of a theme colour. */
export function variableOf(color: string): string {
  return `var(--vscode-${color.replaceAll('.', '-')})`;
}

/** Dots of one pixel are hard to tell from dashes. */
function widened(widths: string): string {
  return widths.replaceAll('1px', '2px');
}
