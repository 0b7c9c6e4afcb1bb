import type {
  MessageSignature,
  NotificationType,
  NotificationType0,
  RequestType,
  RequestType0,
} from 'vscode-languageserver-protocol';
import * as z from 'zod';

/** A request with what its parameters have to be. `P` is what a handler gets, `R` what it answers. */
export interface CheckedRequest<P, R> {
  readonly method: string;
  readonly schema: z.ZodType<P>;
  /** For the compiler alone. */
  readonly answers?: R;
}

/** A notification with what its parameters have to be. */
export interface CheckedNotification<P> {
  readonly method: string;
  readonly schema: z.ZodType<P>;
}

/** Whatever comes is ignored, since nothing is asked for. */
const nothing: z.ZodType<void> = z.unknown().transform(() => undefined);

/** One of our own requests: the schema gives exactly what the type of the message promises. */
export const request = <P, R>(
  { method }: RequestType<P, R, void>,
  schema: z.ZodType<NoInfer<P>>,
): CheckedRequest<P, R> => ({ method, schema });

/** One of our own requests that has no parameters. */
export const bareRequest = <R>({ method }: RequestType0<R, void>): CheckedRequest<void, R> => ({
  method,
  schema: nothing,
});

/** One of our own notifications. */
export const notification = <P>(
  { method }: NotificationType<P>,
  schema: z.ZodType<NoInfer<P>>,
): CheckedNotification<P> => ({ method, schema });

/** One of our own notifications that has no parameters. */
export const bareNotification = ({
  method,
}: NotificationType0 & MessageSignature): CheckedNotification<void> => ({ method, schema: nothing });

/** A request of LSP, of which the schema holds what we use: every well-typed request fits it. */
export const standardRequest = <P extends S, R, S>(
  { method }: RequestType<P, R, void>,
  schema: z.ZodType<S>,
): CheckedRequest<S, R> => ({ method, schema });

/** A notification of LSP, of which the schema holds what we use. */
export const standardNotification = <P extends S, S>(
  { method }: NotificationType<P>,
  schema: z.ZodType<S>,
): CheckedNotification<S> => ({ method, schema });
