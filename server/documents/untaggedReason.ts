import { isDataFile } from '../../models/text/textFormat';

/** Control characters that text does not hold: all of C0 but tab, line feed, form feed, carriage return, escape. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\ufffd]/g;
const SAMPLE = 65_536;

/**
 * Why a document is not tagged, in one sentence for the user, or undefined when it is.
 * Binary files opened as text show as control and replacement characters, more than one in a hundred.
 */
export function untaggedReason(uri: string, text: string, maxLength: number): string | undefined {
  const name = fileName(uri);
  if (text.length > maxLength) {
    return (
      `${name} is not tagged: it holds ${text.length.toLocaleString('en')} characters, more than the ` +
      `${maxLength.toLocaleString('en')} of the setting glossator.maxDocumentLength.`
    );
  }
  if (isDataFile(name))
    return `${name} is not tagged: it holds data, not prose. Use Glossator: Import Annotations… for its labels.`;
  const sample = text.slice(0, SAMPLE);
  const odd = sample.match(CONTROL)?.length ?? 0;
  if (sample.includes('\0') || odd * 100 > sample.length) {
    return `${name} is not tagged: it contains invalid characters; try Reopen with Encoding.`;
  }
  return undefined;
}

function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // a stray per cent sign; the name as it stands serves as well
  }
}
