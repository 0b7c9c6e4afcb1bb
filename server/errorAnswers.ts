import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { pathToFileURL } from 'node:url';
import { fileError } from '../models/data/fileError';
import { InputError } from '../models/errors';
import { sentenceFor } from './labels/userSentence';

/** The offsets of a request belong to another version of the text. */
export class StaleVersion extends InputError {
  constructor() {
    super('The text was changed in the meantime.', {}, 'Try again.');
  }
}

const OWN_FAULT =
  'Glossator could not do this because of an error of its own. The output of Glossator has the details.';

/**
 * How a request that failed is answered: what the user can mend as one sentence, with the file that it is about;
 * anything else as one sentence that says so, and `report` gets the error.
 */
export function errorAnswer(error: unknown, report: (error: unknown) => void): ResponseError<object | void> {
  if (error instanceof ResponseError) return error as ResponseError<object | void>;
  const mendable = error instanceof InputError ? error : fileError(error);
  if (mendable === undefined) {
    report(error);
    return new ResponseError(ErrorCodes.InternalError, OWN_FAULT);
  }
  const code = mendable instanceof StaleVersion ? LSPErrorCodes.ContentModified : LSPErrorCodes.RequestFailed;
  const { file, line } = mendable.place;
  const data = file === undefined ? {} : { uri: uriOf(file), ...(line === undefined ? {} : { line }) };
  return new ResponseError(code, sentenceFor(mendable), data);
}

const uriOf = (file: string): string => (/^[a-z][a-z0-9+.-]+:/i.test(file) ? file : pathToFileURL(file).href);

/** An error with where it came from, for a log. */
export const traceOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
