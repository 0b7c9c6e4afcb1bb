/**
 * The temperature that makes the probabilities of a softmax fit the gold tags best (Guo et al. 2017): the one of
 * least cross-entropy among 0.5, 0.52, …, 3.
 * @param scores [T·K] of each sentence @param gold tag indices of each sentence
 */
export function fitTemperature(
  scores: readonly Float32Array[],
  gold: readonly (readonly number[])[],
  tags: number,
): number {
  const lossAt = temperatureLoss(scores, gold, tags);
  let best = { temperature: 1, loss: Infinity };
  for (let step = 0; step <= 125; step++) {
    const temperature = Math.round((0.5 + step * 0.02) * 100) / 100;
    const loss = lossAt(temperature);
    if (loss < best.loss) best = { temperature, loss };
  }
  return best.temperature;
}

/** What `fitTemperature` makes small: the cross-entropy of all tags by the temperature. */
export function temperatureLoss(
  scores: readonly Float32Array[],
  gold: readonly (readonly number[])[],
  tags: number,
): (temperature: number) => number {
  return (temperature) => {
    let loss = 0;
    scores.forEach((own, index) =>
      gold[index].forEach((tag, t) => {
        let most = -Infinity;
        for (let k = 0; k < tags; k++) most = Math.max(most, own[t * tags + k]);
        let sum = 0;
        for (let k = 0; k < tags; k++) sum += Math.exp((own[t * tags + k] - most) / temperature);
        loss += Math.log(sum) + (most - own[t * tags + tag]) / temperature;
      }),
    );
    return loss;
  };
}
