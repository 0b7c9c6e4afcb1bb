import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { pathToFileURL } from 'node:url';
import { InputError } from '../../models/errors';
import { sentenceFor } from './userSentence';

/** The offsets of a request belong to another version of the text. */
export class StaleVersion extends InputError {
  constructor() {
    super('The text was changed in the meantime.', {}, 'Try again.');
  }
}

/** A handler whose errors that the user can mend reach the client as one sentence, with the file that they are about. */
export function answering<A extends unknown[], R>(
  handler: (...parameters: A) => R | Promise<R>,
): (...parameters: A) => Promise<R> {
  return async (...parameters) => {
    try {
      return await handler(...parameters);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const code =
        error instanceof StaleVersion ? LSPErrorCodes.ContentModified : LSPErrorCodes.RequestFailed;
      const { file, line } = error.place;
      const data = file === undefined ? {} : { uri: uriOf(file), ...(line === undefined ? {} : { line }) };
      throw new ResponseError(code, sentenceFor(error), data);
    }
  };
}

const uriOf = (file: string): string => (/^[a-z][a-z0-9+.-]+:/i.test(file) ? file : pathToFileURL(file).href);
