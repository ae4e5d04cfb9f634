import { expect, it } from '@jest/globals';
import { unacceptable } from './lib/licences.mjs';

it.each(['MIT', '(MIT OR GPL-3.0-or-later)', 'MIT AND OFL-1.1', '(MIT AND Zlib)', 'MIT OR SSPL-1.0'])(
  'accepts %s',
  (licence) => expect(unacceptable(licence)).toBe(false),
);

it.each([undefined, '', 'UNLICENSED', 'SSPL-1.0', 'GPL-2.0-only', 'MIT AND CC-BY-NC-4.0', { type: 'MIT' }])(
  'does not accept %s',
  (licence) => expect(unacceptable(licence)).toBe(true),
);
