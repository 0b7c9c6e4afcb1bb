import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SentencePrediction } from '../../../models/taggers/prediction';
import { PredictionCache } from '../../../server/tagging/predictionCache';

function content(...forms: string[]) {
  return { forms, key: forms.join('\0') };
}

function prediction(label: string): SentencePrediction {
  return { ner: { kind: 'span', spans: [{ start: 0, end: 1, label, probability: 1 }] } };
}

test('equal forms of an equal model are found, others are not', () => {
  const cache = new PredictionCache(100);
  const one = prediction('one');
  cache.set('m', content('a', 'b'), one);
  assert.equal(cache.get('m', content('a', 'b')), one);
  assert.equal(cache.get('n', content('a', 'b')), undefined);
  assert.equal(cache.get('m', content('ab')), undefined);
  cache.delete('m', content('a', 'b'));
  assert.equal(cache.get('m', content('a', 'b')), undefined);
  assert.equal(cache.words, 0);
});

test('what was used longest ago is forgotten first', () => {
  const cache = new PredictionCache(3);
  for (const form of ['a', 'b', 'c']) cache.set('m', content(form), prediction(form));
  cache.get('m', content('a'));
  cache.set('m', content('d'), prediction('d'));
  assert.equal(cache.get('m', content('b')), undefined);
  for (const form of ['a', 'c', 'd']) assert.deepEqual(cache.get('m', content(form)), prediction(form));
});

test('100,000 sentences do not make it grow past its bound', () => {
  const cache = new PredictionCache(1000);
  for (let i = 0; i < 100_000; i++) {
    cache.set('m', content(`w${i}`, 'is', 'here', '.'), prediction('x'));
    assert.ok(cache.words <= 1000);
  }
  assert.equal(cache.words, 1000);
});
