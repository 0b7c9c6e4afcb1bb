// `node measurePeer.mjs PEER TEXTS.json OUT.json`: one tagger in a fresh process. Nothing else is loaded before it,
// so that start-up and memory are its own. TEXTS holds { pos: [text, …], ner: [text, …] }.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [peer, textsFile, outFile] = process.argv.slice(2);

/** The most memory that the process has held, in bytes; null where the system does not tell. */
function peakMemory() {
  try {
    return 1024 * Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return null;
  }
}

const file = path.join(import.meta.dirname ?? path.dirname(process.argv[1]), `${peer}Peer.mjs`);
const { open } = await import(pathToFileURL(file).href);
const { marksNames, tagAll } = await open();
await tagAll(['Glossator reads along.'], false);
const startUp = performance.now(); // milliseconds since the process began

const { pos, ner } = JSON.parse(readFileSync(textsFile, 'utf8'));
const begun = performance.now();
const tagged = await tagAll(pos, false);
const seconds = (performance.now() - begun) / 1000;
const memory = peakMemory();

const names = marksNames ? (await tagAll(ner, true)).map(({ spans }) => spans) : null;
const tokens = tagged.map((sentence) => sentence.tokens);
writeFileSync(outFile, JSON.stringify({ startUp, seconds, memory, tokens, names }));
