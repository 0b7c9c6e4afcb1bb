// Stands in for @mapbox/node-pre-gyp in a packed extension, which needs one function of it and none of its
// hundred dependencies.
'use strict';
const { readdirSync } = require('node:fs');
const path = require('node:path');

/** The binding of the package whose package.json is given. */
exports.find = function find(manifest) {
  const lib = path.join(path.dirname(manifest), 'lib');
  return path.join(lib, readdirSync(lib)[0], 'tfjs_binding.node');
};
