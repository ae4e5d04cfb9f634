import { spawnSync } from 'node:child_process';

/** PDF is read by a program that is not ours. Without it that part is skipped, unless everything is required. */
export const canReadPdf = () =>
  spawnSync('pdftotext', ['-v']).status === 0 || process.env.REQUIRE_ALL_TESTS === '1';

function poppler(program: string, args: string[], input: Buffer): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
  return stdout;
}

/** The words of a PDF in reading order, with lines joined: a page's width is no part of what people wrote. */
export const pdfWords = (pdf: Buffer): string =>
  poppler('pdftotext', ['-nopgbrk', '-', '-'], pdf).replace(/\s+/g, ' ');

/** What stands around the words: title, author, program, dates. */
export const pdfInfo = (pdf: Buffer): string => poppler('pdfinfo', ['-'], pdf);
