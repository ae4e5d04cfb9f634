import { expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { PROTOCOL_VERSION } from './version.ts';

/**
 * The wire cannot change in silence: this hashes the JSON Schema of every schema that protocol/ exports,
 * and the names of all socket events, and compares with what was recorded for PROTOCOL_VERSION.
 * UPDATE_PROTOCOL_HASH=1 records and prints the value instead.
 */
const here = new URL('./', import.meta.url);
const record = new URL('./protocol-hash.json', here);
const hashes: Record<string, string> = JSON.parse(readFileSync(record, 'utf8'));

const HOW_TO_MOVE = [
  'The wire has changed. Move PROTOCOL_VERSION in shared/src/protocol/version.ts, add a line to its history,',
  'and record the new hash:  UPDATE_PROTOCOL_HASH=1 npm test -- protocol.test',
  '(If only a library writes its JSON Schema differently now, record it under the same version.)',
].join('\n');

async function schemasByName(): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  for (const file of files) {
    const exported: Record<string, unknown> = await import(new URL(file, here).href);
    for (const [name, value] of Object.entries(exported)) {
      if (!(value instanceof z.ZodType)) continue;
      // `input` is what travels; what JSON Schema cannot say is left open rather than refused.
      found[`${file}#${name}`] = z.toJSONSchema(value, { io: 'input', unrepresentable: 'any' });
    }
  }
  return found;
}

/** Events are types, so their names are read from the source: `  join: (request: …`. */
const eventNames = () =>
  [...readFileSync(new URL('./socket/events.ts', here), 'utf8').matchAll(/^ {2}(\w+): \(/gm)].map(
    (match) => match[1],
  );

it('moves its version when the wire changes', async () => {
  const wire = { schemas: await schemasByName(), events: eventNames() };
  expect(Object.keys(wire.schemas).length).toBeGreaterThan(20);
  expect(wire.events.length).toBeGreaterThan(5);
  const hash = createHash('sha256')
    .update(canonicalize(wire) ?? '')
    .digest('hex');

  if (process.env['UPDATE_PROTOCOL_HASH'] === '1') {
    writeFileSync(record, `${JSON.stringify({ ...hashes, [PROTOCOL_VERSION]: hash }, null, 2)}\n`);
    console.info(`protocol ${PROTOCOL_VERSION}: ${hash}`);
    return;
  }
  if (hashes[PROTOCOL_VERSION] !== hash)
    throw new Error(`${HOW_TO_MOVE}\nversion ${PROTOCOL_VERSION} is now ${hash}`);
});
