import type { CancellationToken } from 'vscode-languageserver';
import { type Connection, ErrorCodes, ResponseError } from 'vscode-languageserver';
import type * as z from 'zod';
import { errorAnswer, traceOf } from './errorAnswers';
import { Event } from './event';
import type { CheckedNotification, CheckedRequest } from './protocol/wire/checkedMessage';

/** Answers a request. The token says when nobody waits for the answer any more. */
export type RequestAnswerer<P, R> = (params: P, token: CancellationToken) => R | Promise<R>;

/**
 * The one way in for messages of the client: a handler sees only parameters that fit the schema of its message. A
 * request with others is answered by `InvalidParams` and one sentence, a notification with others is logged, and
 * nothing happens. What a handler throws becomes one sentence, too.
 */
export class Incoming {
  /** A message has come and is about to be handled. */
  readonly received = new Event<{ readonly method: string; readonly params: unknown }>();
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  request<P, R>({ method, schema }: CheckedRequest<P, R>, answer: RequestAnswerer<P, NoInfer<R>>): void {
    const report = (error: unknown): void => this.#log(`${method} failed: ${traceOf(error)}`);
    this.#connection.onRequest<unknown, unknown>(method, (...sent: unknown[]) => {
      const token = sent.pop() as CancellationToken;
      try {
        const answered = answer(this.#receive(method, schema, sent), token);
        if (!(answered instanceof Promise)) return answered;
        return answered.catch((error: unknown) => {
          throw errorAnswer(error, report);
        });
      } catch (error) {
        throw errorAnswer(error, report);
      }
    });
  }

  notification<P>(
    { method, schema }: CheckedNotification<P>,
    take: (params: P) => void | Promise<void>,
  ): void {
    const report = (error: unknown): void =>
      this.#log(
        error instanceof ResponseError ? `Ignored: ${error.message}` : `${method} failed: ${traceOf(error)}`,
      );
    this.#connection.onNotification(method, (...sent: unknown[]) => {
      try {
        const taken = take(this.#receive(method, schema, sent));
        if (taken instanceof Promise) taken.catch(report);
      } catch (error) {
        report(error);
      }
    });
  }

  #receive<P>(method: string, schema: z.ZodType<P>, sent: readonly unknown[]): P {
    const params = checked(method, schema, sent);
    this.received.fire({ method, params });
    return params;
  }

  #log(line: string): void {
    this.#connection.console.error(line);
  }
}

/**
 * What was sent, as its schema reads it.
 * @param sent by name one object, by position all of a list
 * @throws ResponseError with one sentence that names the first field that is wrong
 */
function checked<P>(method: string, schema: z.ZodType<P>, sent: readonly unknown[]): P {
  return parseParams(`The parameters of ${method}`, schema, sent.length > 1 ? sent : sent[0]);
}

/**
 * Reads a value as its schema says.
 * @param what is read, for the sentence
 * @throws ResponseError with one sentence that names the first field that is wrong
 */
export function parseParams<P>(what: string, schema: z.ZodType<P>, value: unknown): P {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  const fault =
    field === '' ? expectedBy(issue) : `are wrong: ${field.replace(/^\./, '')} ${expectedBy(issue)}`;
  throw new ResponseError(ErrorCodes.InvalidParams, `${what} ${fault}.`);
}

function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('must ')) return issue.message;
  return issue.code === 'invalid_type' && issue.expected === 'object'
    ? 'must be an object'
    : 'must be of another kind';
}
