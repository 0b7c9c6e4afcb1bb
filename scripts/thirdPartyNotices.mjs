import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

const APACHE = 'Licensed under the Apache License, Version 2.0: https://www.apache.org/licenses/LICENSE-2.0';

/** `node_modules/@scope/name/…` or `node_modules/name/…` up to the name of the innermost package. */
const PACKAGE_FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

function licenceText(folder, licence) {
  const name = readdirSync(folder).find((file) => /^(licen[cs]e|copying)/i.test(file));
  if (name !== undefined) return readFileSync(path.join(folder, name), 'utf8').trim();
  return licence === 'Apache-2.0' ? APACHE : `Licence: ${licence}`;
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return `${name} ${version} (${license})\n\n${licenceText(folder, license)}`;
}

/**
 * The licences of everything that is shipped but not ours, which those licences ask us to pass on.
 * @param inputs the files that went into the bundles, relative to the repository
 * @param packages names of packages that are shipped as they are
 */
export function thirdPartyNotices(inputs, packages) {
  const bundled = inputs.map((input) => PACKAGE_FOLDER.exec(input)?.[0]).filter(Boolean);
  const folders = new Set([...bundled, ...packages.map((name) => `node_modules/${name}`)]);
  const notices = [...folders]
    .sort()
    .map((folder) => path.join(root, folder))
    .filter((folder) => existsSync(path.join(folder, 'package.json')))
    .map(noticeOf);
  return `${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
