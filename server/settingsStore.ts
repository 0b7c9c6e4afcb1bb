import { z } from 'zod';
import { strategies } from '../models/activeLearning/strategy';
import { type ClientOptions, defaultSettings, type Settings } from './protocol/settings';
import { Event } from './event';

const diagnostics = z.object({
  lowConfidence: z.enum(['off', 'hint', 'information']).catch(defaultSettings.diagnostics.lowConfidence),
  threshold: z.number().min(0).max(1).catch(defaultSettings.diagnostics.threshold),
  labels: z.enum(['off', 'hint', 'information', 'warning']).catch(defaultSettings.diagnostics.labels),
});

const reviewQueue = z.object({
  strategy: z.enum(strategies).catch(defaultSettings.reviewQueue.strategy),
});

const section = z.object({
  backend: z.enum(['auto', 'native', 'wasm']).catch(defaultSettings.backend),
  model: z.string().catch(defaultSettings.model),
  embedder: z.string().catch(defaultSettings.embedder),
  diagnostics: diagnostics.catch(defaultSettings.diagnostics),
  reviewQueue: reviewQueue.catch(defaultSettings.reviewQueue),
  languages: z.array(z.string()).readonly().catch(defaultSettings.languages),
  maxDocumentLength: z.number().int().positive().catch(defaultSettings.maxDocumentLength),
  retrainOnSave: z.boolean().catch(defaultSettings.retrainOnSave),
});

/** Reads the section `glossator` as a client sent it; what is missing or wrong takes its default. */
export function readSettings(value: unknown): Settings {
  return section.catch(defaultSettings).parse(value);
}

const clientOptions = z.object({
  trusted: z.boolean().catch(false),
  cache: z.string().optional().catch(undefined),
  commandLinks: z.boolean().optional().catch(undefined),
});

/** Reads what a client told when it connected; what is missing or wrong takes its default. */
export function readClientOptions(value: unknown): ClientOptions {
  return clientOptions.catch({ trusted: false }).parse(value);
}

/** The settings now in force. */
export class SettingsStore {
  readonly changed = new Event<Settings>();
  #current: Settings = defaultSettings;

  get current(): Settings {
    return this.#current;
  }

  /** Takes over a section that the client sent. */
  update(value: unknown): void {
    this.#current = readSettings(value);
    this.changed.fire(this.#current);
  }
}
