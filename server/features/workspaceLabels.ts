import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { AnnotationOverview } from '../labels/annotationOverview';
import { describeMatches, matchesIn, matchPattern } from '../labels/findMatches';
import { openText, workspaceTexts } from '../labels/workspaceTexts';
import type { Match, MatchesParams } from '../protocol/labels';
import { fingerprint } from '../labels/textVersion';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

/** Places that a preview shows at most. */
const MOST_MATCHES = 2000;

/** What looks through all texts of the workspace: the places of some words, and the counts of all labels. */
export function register({ incoming, services }: FeatureContext): void {
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
    for await (const one of texts) {
      const { text, labels } = one;
      const spans = matchesIn(text, pattern, MOST_MATCHES - found.length);
      if (spans.length > 0)
        found.push(...describeMatches(one, one.version ?? fingerprint(text), spans, labels, layer));
      if (token.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Nobody waits for the places any more.');
      if (found.length >= MOST_MATCHES) break;
    }
    return found;
  };

  incoming.request(wire.matches, find);
  incoming.request(wire.annotationCounts, async () => ({
    texts: (await Promise.all(labelFolders.all.map((folder) => overview.of(folder)))).flat(),
  }));
}
