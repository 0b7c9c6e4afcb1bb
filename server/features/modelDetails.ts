import { model } from '../protocol/messages';
import type { FeatureContext } from '../services';

/** Answers what the model that serves is made of. */
export function register({ connection, services }: FeatureContext): void {
  connection.onRequest(model, () => services.models.details);
}
