import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { loadBackend, savedModelRuntime } from '../../models/backend';
import { decodeSafetensors, encodeSafetensors } from '../../models/data/safetensors';
import { openSafetensors } from '../../models/data/safetensorsFile';
import { openPublishedElmo } from '../../models/embedders/publishedElmo';
import { openHdf5 } from '../../models/embedders/hdf5';
import { openSavedModel } from '../../models/embedders/savedModel';
import { biLmShapes } from '../../models/nn/biLmShapes';
import { loadTagger } from '../../models/taggers/loadTagger';
import { writeModelDirectory } from '../../models/taggers/modelDirectory';
import { madeElmo } from '../models/embedders/madeElmo';
import { nerLayer, posLayer, tinyEmbedder, tinyHead } from '../models/tinyModel';
import { root } from '../shared';
import { damagedBytes, damagedJson, damagedText } from './mutations';
import type { Target } from './targets';

/** A safetensors file with this header, which says its own length. */
function withHeader(header: string, numbers: Buffer): Buffer {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, numbers]);
}

function safetensorsInput(): fc.Arbitrary<Buffer> {
  const whole = Buffer.from(
    encodeSafetensors(
      new Map([
        ['a', { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
        ['b', { shape: [], data: Float32Array.of(7) }],
        ['c', { shape: [4], data: Float32Array.of(-1, 0, NaN, Infinity) }],
      ]),
      'F32',
    ),
  );
  const start = 8 + Number(whole.readBigUInt64LE(0));
  const header = whole.subarray(8, start).toString();
  const numbers = whole.subarray(start);
  return fc.oneof(
    damagedJson([
      JSON.parse(header),
      { ...(JSON.parse(header) as object), __metadata__: { format: 'pt' } },
    ]).map((json) => withHeader(json, numbers)),
    damagedText([header]).map((json) => withHeader(json, numbers)),
    damagedBytes([whole]),
  );
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function tinyModel(folder: string): Promise<void> {
  const embedder = tinyEmbedder();
  await writeModelDirectory(folder, {
    language: 'en',
    embedder,
    heads: [posLayer, nerLayer].map((layer) => ({ head: tinyHead(layer, embedder), temperature: 1 })),
    training: { seed: 1 },
  });
}

async function tag(folder: string): Promise<unknown> {
  const tagger = await loadTagger(folder);
  try {
    return await tagger.tag([['Ada', 'met', 'Ben']]);
  } finally {
    tagger.dispose();
  }
}

/** Loads a directory of which one file was damaged, the checksums being made to fit: a stranger can do that, too. */
function damagedModel(whole: string, folder: string, name: string, bytes: Buffer): Promise<unknown> {
  cpSync(whole, folder, { recursive: true });
  const text = readFileSync(path.join(folder, 'config.json'), 'utf8');
  const config = JSON.parse(text) as { checksums: Record<string, string> };
  config.checksums[name] = sha256(bytes);
  writeFileSync(path.join(folder, name), bytes);
  if (name !== 'config.json') writeFileSync(path.join(folder, 'config.json'), JSON.stringify(config));
  return tag(folder);
}

/** Readers of weights, of models, and of embedders in the formats of others. */
export async function modelTargets(scratch: string): Promise<Target[]> {
  await loadBackend('auto');
  const [whole, folder] = [path.join(scratch, 'whole'), path.join(scratch, 'model')];
  await tinyModel(whole);
  mkdirSync(folder, { recursive: true });
  const elmo = await madeElmo();
  const options = readFileSync(elmo.options, 'utf8');
  const hdf5 = readFileSync(elmo.weights);
  const config = readFileSync(path.join(whole, 'config.json'), 'utf8');
  const place = (name: string, input: Buffer | string): string => {
    const file = path.join(scratch, name);
    writeFileSync(file, input);
    return file;
  };
  const readElmo = async (optionsFile: string, weights: string): Promise<void> => {
    const opened = await openPublishedElmo(optionsFile, weights);
    try {
      for (const [name, shape] of biLmShapes(opened.options)) opened.read(name, shape);
    } finally {
      opened.close();
    }
  };
  const file = (name: string): Buffer => readFileSync(path.join(whole, name));
  const targets: Target[] = [
    {
      name: 'safetensors',
      weight: 10,
      input: safetensorsInput(),
      read: (input) => {
        const bytes = Buffer.from(input);
        const opened = openSafetensors(place('weights.safetensors', bytes));
        try {
          for (const name of opened.shapes.keys()) opened.read(name);
        } finally {
          opened.close();
        }
        return decodeSafetensors(bytes, 'weights.safetensors');
      },
    },
    {
      name: 'ELMo options',
      weight: 2,
      input: fc.oneof(damagedText([options]), damagedJson([JSON.parse(options)])),
      read: (input) => readElmo(place('options.json', input), elmo.weights),
    },
    {
      name: 'ELMo weights in HDF5',
      weight: 4,
      input: damagedBytes([hdf5]),
      read: (input) => readElmo(elmo.options, place('weights.hdf5', input)),
    },
    {
      name: 'HDF5',
      weight: 2,
      input: damagedBytes([hdf5.subarray(0, 4096), hdf5]),
      read: async (input) => {
        const opened = await openHdf5(place('weights.hdf5', input));
        opened.shape('char_embed');
        opened.close();
      },
    },
    {
      name: 'configuration of a model',
      weight: 1.5,
      input: fc.oneof(damagedText([config]), damagedJson([JSON.parse(config)])),
      read: (input) => damagedModel(whole, folder, 'config.json', Buffer.from(input)),
    },
    {
      name: 'weights of a model',
      weight: 0.5,
      input: damagedBytes([file('ner.safetensors')]),
      read: (input) => damagedModel(whole, folder, 'ner.safetensors', Buffer.from(input)),
    },
    {
      name: 'words of a model',
      weight: 0.5,
      input: damagedText([file('ner.words.txt').toString()]),
      read: (input) => damagedModel(whole, folder, 'ner.words.txt', Buffer.from(input)),
    },
  ];
  if (await savedModelRuntime()) {
    const module = path.join(root, 'test', 'models', 'embedders', 'hubModule', 'module');
    const copy = path.join(scratch, 'savedModel');
    targets.push({
      name: 'SavedModel',
      weight: 0.5,
      input: damagedBytes([readFileSync(path.join(module, 'saved_model.pb'))]),
      read: async (input) => {
        cpSync(module, copy, { recursive: true });
        writeFileSync(path.join(copy, 'saved_model.pb'), input);
        await openSavedModel(copy, { trusted: true });
      },
    });
  }
  return targets;
}
