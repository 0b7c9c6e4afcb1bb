/** Writes `options.json` and `weights.hdf5` of an ELMo with random weights, as they are published, into `folder`. */
export declare function makeElmo(folder: string, options: unknown): Promise<void>;
