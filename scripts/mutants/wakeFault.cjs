// Loaded before a test, and before what it starts: takes the sources that hold sleeping faults in place of their own,
// and writes down which faults were passed when it is asked to.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const process = require('node:process');
const { threadId } = require('node:worker_threads');

const { GLOSSATOR_FAULTS: planted, GLOSSATOR_PASSED: passed, GLOSSATOR_HIT_LIMIT: hitLimit } = process.env;
const out = path.resolve(module.path, '..', '..', 'out');
const compile = Module.prototype._compile;

Module.prototype._compile = function (content, filename, ...rest) {
  const file = filename.startsWith(out) ? path.join(planted, path.relative(out, filename)) : '';
  const text = file !== '' && existsSync(file) ? readFileSync(file, 'utf8') : content;
  return compile.call(this, text, filename, ...rest);
};

// A fault that turns a loop endless throws at its limit: nobody waits for the clock.
globalThis.__stryker__ = hitLimit ? { hitCount: 0, hitLimit: Number(hitLimit) } : {};

if (passed)
  process.on('exit', () => {
    const { static: counts = {} } = globalThis.__stryker__.mutantCoverage ?? {};
    writeFileSync(path.join(passed, `${process.pid}-${threadId}.json`), JSON.stringify(counts));
  });
