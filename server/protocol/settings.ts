/** The section `glossator` of the editor's settings, as the server reads it. */
export interface Settings {
  /** Which TensorFlow.js backend to load; `auto` takes the native one where it works. */
  readonly backend: 'auto' | 'native' | 'wasm';
  /** Directory of a model to use in place of the embedded one; empty for the embedded one. */
  readonly model: string;
  /**
   * The embedder for models that do not hold their own: the folder of a biLM, `OPTIONS.json,WEIGHTS.hdf5`, or a
   * TensorFlow Hub module; empty for none.
   */
  readonly embedder: string;
  readonly diagnostics: {
    /** How predictions of low confidence appear in the Problems panel. */
    readonly lowConfidence: 'off' | 'hint' | 'information';
    /** Predictions whose probability is below this are of low confidence, in [0, 1]. */
    readonly threshold: number;
    /** The highest severity at which labels that need a person appear. */
    readonly labels: 'off' | 'hint' | 'information' | 'warning';
  };
  readonly reviewQueue: {
    /** How sentences to look at are chosen; see docs/active-learning.md. */
    readonly strategy: 'uncertainty' | 'entropy' | 'margin' | 'random';
  };
  /** Ids of the languages whose texts are tagged: searches in the workspace look into their files. */
  readonly languages: readonly string[];
  /** Documents longer than this many UTF-16 code units are not tagged; the status says so. */
  readonly maxDocumentLength: number;
  /** Retrain automatically, when labels were changed and nothing was done for a while. */
  readonly retrainOnSave: boolean;
}

export const defaultSettings: Settings = {
  backend: 'auto',
  model: '',
  embedder: '',
  diagnostics: { lowConfidence: 'off', threshold: 0.5, labels: 'warning' },
  reviewQueue: { strategy: 'uncertainty' },
  languages: ['plaintext', 'markdown', 'latex', 'tex', 'restructuredtext', 'asciidoc', 'org'],
  maxDocumentLength: 2_000_000,
  retrainOnSave: false,
};

/** What a client may tell in `initializationOptions` beside settings. */
export interface ClientOptions {
  /** Whether the user trusts the workspace; false where the client does not say. */
  readonly trusted: boolean;
  /** A folder that Glossator may keep unpacked archives in. */
  readonly cache?: string;
  /** True where hovers may hold links to commands of the client. */
  readonly commandLinks?: boolean;
}
