import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../../models/errors';
import type { AnnotatedText } from '../../../models/formats/annotatedText';
import { numberedNames } from '../../../models/formats/documentNames';
import type { PiecewiseFile } from '../../../models/formats/format';
import { annotationFormat } from '../../../models/formats/formats';

/** The lines of a text, so many at a time. */
function piecewise(text: string, lines: number): PiecewiseFile {
  const all = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return {
    name: 'file',
    async *pieces() {
      await Promise.resolve();
      for (let k = 0; k < all.length; k += lines) yield all.slice(k, k + lines).join('');
    },
  };
}

type Reading = { readonly documents: readonly AnnotatedText[] } | { readonly fault: string };

function faultOf(error: unknown): Reading {
  if (error instanceof InputError) return { fault: error.format() };
  throw error;
}

function whole(name: 'conllu' | 'doccano', text: string): Reading {
  try {
    return { documents: annotationFormat(name).read({ name: 'file', text }) };
  } catch (error) {
    return faultOf(error);
  }
}

async function streamed(name: 'conllu' | 'doccano', text: string, lines: number): Promise<Reading> {
  const read = annotationFormat(name).documents?.(piecewise(text, lines));
  assert.ok(read);
  try {
    const ids: (string | undefined)[] = [];
    const documents: AnnotatedText[] = [];
    for await (const { id, document } of read()) {
      ids.push(id);
      documents.push(document);
    }
    const names = numberedNames(ids, 'file');
    return { documents: documents.map((document, k) => ({ ...document, name: names[k] })) };
  } catch (error) {
    return faultOf(error);
  }
}

const lineOf = (fault: string): number => Number(/^file:(\d+):/.exec(fault)?.[1] ?? 0);

/** Formats with blocks that files are made of: usual ones, odd ones, and broken ones. */
const FORMATS = [
  {
    name: 'conllu',
    blocks: [
      ...[
        '1\tAda\t_\tX\t_\t_\t_\t_\t_\tNER=B-PER\n\n',
        '# newdoc id = a/b\n1\tBen\t_\tX\t_\t_\t_\t_\t_\t_\n\n',
      ],
      ...['# newpar\n1\t😀\t_\tX\t_\t_\t_\t_\t_\t_\n2\tb\t_\tY\t_\t_\t_\t_\t_\t_\n\r\n', '\n', ' \t\n'],
      ...[
        '#newdoc\r\n1\tCy\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\r\n\r\n',
        '# newdocument\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n',
      ],
      ...[
        '# text = other words\n1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n# newdoc\n\n',
        '# newdoc\n\n',
        '3\tbroken\n\n',
      ],
      ...['# global.columns = ID FORM UPOS NE\n', '1\tDee\tX\tB-LOC\n\n', '1\tEve\t_\t_\t_\t_\t_\t_\t_\t_'],
    ],
  },
  {
    name: 'doccano',
    blocks: [
      ...['{"text":"Ada met Ben","label":[[0,3,"PER"]]}\n', '{"text":"😀 Ada met","label":[[3,6,"PER"]]}\n'],
      ...['{"text":"😀 Ada met","entities":[[2,5,"PER"]]}\n', '\n', '{"text":"a","label":[[0,9,"X"]]}\n'],
      ...[
        '{"text":"a\\r\\nbc d","label":[[2,4,"X"]]}\n',
        '{"text":"plain"}\r\n',
        '{"txt":1}\n',
        '{"label":[]}\n',
      ],
      ...['[{"text":"list"}]', '{"text":"no line feed","labels":[[0,2,"A"]]}'],
    ],
  },
] as const;

describe('documents read one after the other', () => {
  for (const { name, blocks } of FORMATS)
    it(`are those of the whole file: ${name}`, async () => {
      const parts = fc.array(fc.constantFrom(...blocks), { maxLength: 8 });
      const property = fc.asyncProperty(parts, fc.integer({ min: 1, max: 6 }), async (chosen, lines) => {
        const text = chosen.join('');
        const [found, expected] = [await streamed(name, text, lines), whole(name, text)];
        // Of several broken lines a stream names the first; all of a file is JSON before a field of it is looked at.
        if ('fault' in expected && 'fault' in found && /not JSON/.test(expected.fault))
          assert.ok(lineOf(found.fault) <= lineOf(expected.fault), text);
        else assert.deepEqual(found, expected);
      });
      await fc.assert(property, { seed: 13, numRuns: 200 });
    });
});
