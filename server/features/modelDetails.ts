import { wire } from '../protocol/wire/schemas';
import type { FeatureContext } from '../services';

/** Answers what the model that serves is made of. */
export function register({ incoming, services }: FeatureContext): void {
  incoming.request(wire.model, () => services.models.details);
}
