import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LaunchOptions } from '@playwright/test';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const BUNDLED_FOLDER = fileURLToPath(
  new URL('../../node_modules/.cache/longtable/chromium', import.meta.url),
);

/** Works as root and in containers, and the browser calls nobody by itself. */
const ARGS = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Which Chromium to drive: the one CHROMIUM_PATH names, else the system's, else the one inside the npm
 * package. CHROMIUM_PATH=bundled asks for the last one.
 */
export async function launchOptions(): Promise<LaunchOptions> {
  const wanted = process.env.CHROMIUM_PATH || SYSTEM_CHROMIUM;
  if (wanted !== 'bundled' && existsSync(wanted)) return { executablePath: wanted, args: ARGS };
  if (process.env.CHROMIUM_PATH && wanted !== 'bundled') {
    throw new Error(`CHROMIUM_PATH names ${wanted}, and nothing is there.`);
  }
  return bundled();
}

async function bundled(): Promise<LaunchOptions> {
  if (!existsSync(BUNDLED_FOLDER)) await unpack();
  return {
    executablePath: path.join(BUNDLED_FOLDER, 'chromium'),
    args: ARGS,
    env: {
      ...(process.env as Record<string, string>),
      // NSS, NSPR and Expat, which bare machines lack.
      LD_LIBRARY_PATH: path.join(BUNDLED_FOLDER, 'al2023/lib'),
      FONTCONFIG_PATH: path.join(BUNDLED_FOLDER, 'fonts'),
    },
  };
}

/**
 * The package unpacks into the temporary folder and takes whatever lies there already, finished or not,
 * of whatever version. So it gets a temporary folder of its own, which is renamed when all is there.
 */
async function unpack(): Promise<void> {
  const unfinished = `${BUNDLED_FOLDER}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  const { TMPDIR } = process.env;
  process.env.TMPDIR = unfinished;
  // Makes the package bring the libraries along that it needs on machines without any.
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
  } finally {
    delete process.env.AWS_EXECUTION_ENV;
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  const fonts = path.join(BUNDLED_FOLDER, 'fonts');
  await writeFile(
    path.join(unfinished, 'fonts/fonts.conf'),
    `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig><dir>${fonts}</dir>` +
      `<dir>/usr/share/fonts</dir><cachedir>${fonts}/cache</cachedir></fontconfig>\n`,
  );
  await rename(unfinished, BUNDLED_FOLDER).catch(() => rm(unfinished, { recursive: true }));
}
