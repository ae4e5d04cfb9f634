import { spawnSync } from 'node:child_process';
import { inflateSync } from 'node:zlib';
import { it } from '@jest/globals';
import { readTestEnv } from '../../env.ts';

/** Where nothing may be skipped, a machine without poppler fails instead. */
export const canReadPdf = spawnSync('pdftotext', ['-v']).status === 0 || readTestEnv().isAllRequired;

/** By which poppler shows direction. */
const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A test that reads PDF text with poppler; skips with a notice where the machine has none. */
export const itWithPoppler = (name: string, test: () => Promise<void> | void) =>
  canReadPdf ? it(name, test) : it.skip(`${name} (skipped: install poppler-utils for pdftotext)`, test);

/** The text layer in reading order, without the marks by which poppler shows direction. */
export function pdfText(pdf: Buffer): string {
  return poppler('pdftotext', ['-nopgbrk', '-', '-'], pdf).replace(MARKS, '');
}

/** What the eye meets from left to right, word by word, whichever way it is read. */
export const pdfAsSeen = (pdf: Buffer): string =>
  Array.from(
    poppler('pdftotext', ['-bbox', '-', '-'], pdf).matchAll(/<word [^>]*>([^<]*)<\/word>/g),
    ([, word]) => word!.replace(MARKS, '').trim(),
  ).join(' ');

export const pdfInfo = (pdf: Buffer): string => poppler('pdfinfo', ['-'], pdf);

/** The tree of tags that a screen reader walks. */
export const pdfTags = (pdf: Buffer): string => poppler('pdfinfo', ['-struct-text', '-'], pdf);

function poppler(command: string, args: string[], input: Buffer): string {
  const result = spawnSync(command, args, { input, encoding: 'utf8', maxBuffer: 1e9 });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${command} failed: ${result.stderr}`);
  return result.stdout;
}

/** All of the file, streams unpacked, to search for what must not be there. */
export function unpackPdf(pdf: Buffer): string {
  const parts = [pdf.toString('latin1')];
  for (const match of parts[0]?.matchAll(/stream\r?\n/g) ?? []) {
    try {
      parts.push(
        inflateSync(pdf.subarray(match.index + match[0].length), { finishFlush: 2 }).toString('latin1'),
      );
    } catch {
      continue; // an unpacked stream, already in the first part
    }
  }
  return parts.join('\n');
}
