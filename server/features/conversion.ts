import { pathToFileURL } from 'node:url';
import { InputError } from '../../models/errors';
import type { LabelStore } from '../labelStore/labelStore';
import { answerConversion } from '../convert/answerConversion';
import { requireVersions } from '../labels/textVersion';
import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

/** Who stands for imported labels that name nobody. */
const IMPORTED_BY = 'import';

/** Brings annotated texts in from other formats, and out into them. */
export function register({ incoming, services }: FeatureContext): void {
  const { labelFolders, labelDesk, documents } = services;

  const storeFor = (place: string): LabelStore => {
    const held = labelFolders.holding(pathToFileURL(place).href);
    if (held === undefined)
      throw new InputError(
        'Labels are kept in the folder of the workspace, and this folder is outside of it.',
        { file: place },
        'Choose a folder of the workspace.',
      );
    return held.folder.store;
  };

  incoming.request(wire.convert, async (params) => {
    requireVersions(documents, params.versions);
    await labelDesk.saveAll(); // files are what is read
    return answerConversion(params, storeFor, IMPORTED_BY);
  });
}
