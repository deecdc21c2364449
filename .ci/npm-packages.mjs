// npm-packages.mjs FOLDER…: may what we ship be shipped, and can any registry serve it?
// - no package that goes into the product is under GPL, AGPL, LGPL or SSPL alone, or says nothing;
// - package-lock.json records no download addresses, which would tie every user to one registry.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const copyleft = /\b(?:A|L)?GPL|\bSSPL/i;
/** Packages whose manifest is silent and whose Readme says it: read at this version, by a person. */
const saidInReadme = { 'combine-errors@3.0.3': 'MIT' };

/** The licence as one SPDX expression; old packages wrote {type} or a list of these, any of which may be chosen. */
function licence({ name, version, license, licenses }) {
  const said = [license ?? licenses ?? saidInReadme[`${name}@${version}`] ?? []].flat().map((one) => one.type ?? one);
  return said.join(' OR ');
}

/** Of alternatives one free of copyleft is enough: "(MIT OR GPL-3.0)" may be shipped. */
const mayShip = (expression) => expression.split(/\bOR\b/).some((one) => one.trim() !== '' && !copyleft.test(one));

function* faults(folder) {
  const { packages } = json(join(folder, 'package-lock.json'));
  const addresses = Object.values(packages).filter((entry) => entry.resolved && !entry.link).length;
  if (addresses > 0) yield `package-lock.json records ${addresses} addresses: set omit-lockfile-registry-resolved=true in .npmrc and write it anew`;
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '' || entry.dev || entry.link) continue;
    const manifest = join(folder, path, 'package.json');
    if (!existsSync(manifest)) {
      if (!entry.optional) yield `${path} is not installed: run make setup`;
      continue;
    }
    const expression = licence(json(manifest));
    if (!mayShip(expression)) yield `${path} is under ${expression || 'no stated licence'}`;
  }
}

const found = process.argv.slice(2).flatMap((folder) => [...faults(folder)].map((fault) => `${folder}: ${fault}`));
for (const fault of found) console.error(fault);
process.exit(found.length > 0 ? 1 : 0);
