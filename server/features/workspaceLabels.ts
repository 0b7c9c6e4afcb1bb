import type { CancellationToken } from 'vscode-languageserver';
import { answering } from '../labels/answering';
import { AnnotationOverview } from '../labels/annotationOverview';
import { describeMatches, matchesIn, matchPattern } from '../labels/findMatches';
import { openText, workspaceTexts } from '../labels/workspaceTexts';
import { annotationCounts, matches, type Match, type MatchesParams } from '../protocol/labels';
import type { FeatureContext } from '../services';

/** Places that a preview shows at most. */
const MOST_MATCHES = 2000;

/** What looks through all texts of the workspace: the places of some words, and the counts of all labels. */
export function register({ connection, services }: FeatureContext): void {
  const { openLabels, labelFolders, settings, segmentation, sidecarProblems } = services;
  const overview = new AnnotationOverview(openLabels, segmentation, sidecarProblems);

  const find = async (
    { uri, text: words, layer, scope }: MatchesParams,
    token: CancellationToken,
  ): Promise<Match[]> => {
    const pattern = matchPattern(words);
    const here = await openLabels.require(uri);
    if (pattern === undefined) return [];
    const { languages, maxDocumentLength } = settings.current;
    const texts =
      scope === 'document'
        ? [openText(here)]
        : workspaceTexts(here.place.folder, openLabels, languages, maxDocumentLength);
    const found: Match[] = [];
    for await (const { uri, text, labels } of texts) {
      const spans = matchesIn(text, pattern, MOST_MATCHES - found.length);
      if (spans.length > 0) found.push(...describeMatches(uri, text, spans, labels, layer));
      if (found.length >= MOST_MATCHES || token.isCancellationRequested) break;
    }
    return found;
  };

  connection.onRequest(matches, answering(find));
  connection.onRequest(
    annotationCounts,
    answering(async () => ({
      texts: (await Promise.all(labelFolders.all.map((folder) => overview.of(folder)))).flat(),
    })),
  );
}
