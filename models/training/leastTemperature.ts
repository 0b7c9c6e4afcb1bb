const [least, most] = [0.5, 3];
/** Golden-section search narrows the range to less than 0.01 in so many steps. */
const steps = 12;
const golden = (Math.sqrt(5) - 1) / 2;

/** The temperature between 0.5 and 3 where a function with one minimum there has it, to two digits. */
export function leastTemperature(loss: (temperature: number) => number): number {
  let [low, high] = [least, most];
  let [a, b] = [high - golden * (high - low), low + golden * (high - low)];
  let [atA, atB] = [loss(a), loss(b)];
  for (let step = 0; step < steps; step++)
    if (atA <= atB) {
      [high, b, atB] = [b, a, atA];
      a = high - golden * (high - low);
      atA = loss(a);
    } else {
      [low, a, atA] = [a, b, atB];
      b = low + golden * (high - low);
      atB = loss(b);
    }
  return Math.round(((low + high) / 2) * 100) / 100;
}
