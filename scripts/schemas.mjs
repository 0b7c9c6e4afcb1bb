// Writes schemas/ from the schemas that the program reads with; run it after they change.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { compile } from './lint.mjs';
import { root } from './paths.mjs';

if (!(await compile())) process.exit(1);
const { jsonSchemas } = createRequire(import.meta.url)(path.join(root, 'out/server/project/jsonSchemas.js'));
mkdirSync(path.join(root, 'schemas'), { recursive: true });
for (const [name, text] of jsonSchemas()) writeFileSync(path.join(root, 'schemas', name), text);
