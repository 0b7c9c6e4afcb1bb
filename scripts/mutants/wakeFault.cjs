// Loaded before a test, and before what it starts: takes the sources that hold sleeping faults in place of their own,
// and writes down which faults were passed when it is asked to.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const process = require('node:process');
const { threadId } = require('node:worker_threads');

const { GLOSSATOR_FAULTS: planted, GLOSSATOR_PASSED: passed, GLOSSATOR_HIT_LIMIT: hitLimit } = process.env;
const { __STRYKER_ACTIVE_MUTANT__: awake } = process.env;
const out = path.resolve(module.path, '..', '..', 'out');
const compile = Module.prototype._compile;

/** How often each fault was passed, by id. */
const counts = (globalThis.glossatorPassed = passed ? new Uint32Array(100_000) : undefined);

/** The ways in which Stryker asks and counts make tests many times slower: quick ones in their place. */
const quickened = (text) =>
  text
    .replaceAll(/stryMutAct_9fa48\("(\d+)"\)/g, (call, id) => (id === awake ? call : 'false'))
    .replaceAll(/stryCov_9fa48\(("[^()]*)\)/g, (_, ids) =>
      passed ? `(${ids.replaceAll(/"(\d+)"/g, 'glossatorPassed[$1]++')})` : '0',
    );

Module.prototype._compile = function (content, filename, ...rest) {
  const file = filename.startsWith(out) ? path.join(planted, path.relative(out, filename)) : '';
  if (file === '' || !existsSync(file)) return compile.call(this, content, filename, ...rest);
  const text = readFileSync(file, 'utf8');
  return compile.call(this, quickened(text), filename, ...rest);
};

// A fault that turns a loop endless throws at its limit: nobody waits for the clock.
globalThis.__stryker__ = hitLimit ? { hitCount: 0, hitLimit: Number(hitLimit) } : {};

if (passed)
  process.on('exit', () => {
    const some = Object.fromEntries([...counts.entries()].filter(([, count]) => count > 0));
    writeFileSync(path.join(passed, `${process.pid}-${threadId}.json`), JSON.stringify(some));
  });
