/** Writes .env.example from what server/src/env.ts says of its settings, or prints it. Run by `npm run env-example`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENV_DOC } from '../server/src/env.ts';
import { root } from './lib/fresh.mjs';

const file = join(root, '.env.example');
const COMPOSE = '# — For docker-compose.yml only —';

function wrap(text, width = 100) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.map((line) => `# ${line}\n`).join('');
}

const settings = ENV_DOC.map((line) => `${wrap(line.explanation)}#${line.name}=${line.default}\n`);
const head = wrap(
  'Every setting with its default. To change one, copy this file to `.env` and take away the # before it.',
);
const compose = readFileSync(file, 'utf8').split(COMPOSE)[1] ?? '\n';
const text = [head, ...settings, `${COMPOSE}${compose}`].join('\n');

if (process.argv.includes('--write')) writeFileSync(file, text);
else process.stdout.write(text);
