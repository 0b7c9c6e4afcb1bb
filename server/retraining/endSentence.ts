import { noMemory } from './noMemory';

/** How a trainer ended that could not say itself what went wrong. */
export interface TrainerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it wrote to stderr. */
  readonly words: string;
  /** True where it was killed because it answered no more. */
  readonly isSilent: boolean;
}

/** What V8, libuv, the C++ library and TensorFlow write where they get no memory, or no thread for want of it. */
const MEMORY =
  /out of memory|bad_alloc|cannot allocate memory|could not allocate|allocation failed|std::length_error|pthread_create|dnnl::error|OOM\b/i;

/** How V8 and the C++ library end a process that gets no memory, where nothing else says so. */
const CRASHES: ReadonlySet<string> = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV', 'SIGBUS']);

/** One sentence for the user, who keeps the old model whatever happened. */
export function endSentence({ code, signal, words, isSilent }: TrainerEnd): string {
  if (MEMORY.test(words)) return noMemory();
  if (isSilent)
    return 'The process that trains no longer answered and was ended, perhaps for want of memory; the old model stays.';
  if (signal === 'SIGKILL')
    return 'The process that trains was killed, perhaps for want of memory; the old model stays.';
  if (signal !== null && CRASHES.has(signal))
    return `The process that trains crashed (${signal}), perhaps for want of memory; the old model stays.`;
  if (signal !== null) return `The process that trains was ended by ${signal}; the old model stays.`;
  const error = /^\w*Error.*$/m.exec(words)?.[0];
  const why = error === undefined ? '' : ` (${error})`;
  return `The process that trains ended with status ${code ?? 'unknown'}${why}; the old model stays.`;
}
