/** Licences whose code may be part of, or used to build, a program under AGPL-3.0-or-later. */
const ACCEPTED = new Set([
  '0BSD',
  'AGPL-3.0-or-later',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'GPL-3.0-or-later',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'Public Domain',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** True where an SPDX expression leaves no accepted way to use the package. Enough for `A AND B` and `(A OR B)`. */
export function unacceptable(expression) {
  if (typeof expression !== 'string') return true;
  const alternatives = expression.replace(/[()]/g, '').split(' OR ');
  return !alternatives.some((one) => one.split(' AND ').every((licence) => ACCEPTED.has(licence.trim())));
}
