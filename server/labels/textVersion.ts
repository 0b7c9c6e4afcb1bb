import { createHash } from 'node:crypto';
import type { DocumentStore } from '../documents/documentStore';
import { StaleVersion } from '../errorAnswers';
import type { OpenVersion, TextVersion } from '../protocol/versions';

/** What a text that is not open has for a version: equal texts have equal ones. */
export function fingerprint(text: string): TextVersion {
  return createHash('sha256').update(text).digest('base64url');
}

/** @throws StaleVersion where one of the documents has changed since; those that the server has not open do not count */
export function requireVersions(documents: DocumentStore, versions: readonly OpenVersion[] = []): void {
  for (const { uri, version } of versions) {
    const document = documents.get(uri);
    if (document !== undefined && document.version !== version) throw new StaleVersion();
  }
}
