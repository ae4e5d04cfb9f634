import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { CODE, LEAVE } from './page-events.ts';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

describe('The scripts that work alone', () => {
  it('leave quickly by the name that the rest of the page listens for', () => {
    expect(read('exit.ts')).toContain(`new Event('${LEAVE}')`);
  });

  it('hand a code over by the name that the pages listen for', () => {
    expect(read('early.ts')).toContain(`new Event('${CODE}')`);
  });
});
