import { Tagger } from '../taggers/tagger';

/** The same tagger with its probabilities as they were before calibration. It shares all parts; dispose one of them. */
export function withoutTemperature({ modelId, embedder, heads }: Tagger): Tagger {
  return new Tagger(
    modelId,
    embedder,
    heads.map((head) => ({ ...head, temperature: 1 })),
  );
}
