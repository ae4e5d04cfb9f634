import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MAX_CODE_USES } from '@longtable/shared/limits';
import { z } from 'zod';
import { type AuthoredTxn, scriptsOf } from './causality.ts';
import { count, Patch, wellFormed } from './patch.ts';
import { TraceError } from './trace-error.ts';

/** Each agent needs a client of its own, and one code lets this many in. */
const MAX_AGENTS = MAX_CODE_USES;

/** Far above any recorded session, far below what stops a machine. */
const MAX_UNPACKED_BYTES = 512 * 1_048_576;

const Sequential = z.object({
  startContent: z.literal('').optional(),
  endContent: wellFormed,
  txns: z.array(z.object({ patches: z.array(Patch) })),
});

const Concurrent = z.object({
  kind: z.literal('concurrent'),
  endContent: wellFormed,
  numAgents: z.number().int().positive().max(MAX_AGENTS),
  txns: z.array(z.object({ parents: z.array(count), agent: count, patches: z.array(Patch) })),
});

interface Common {
  endContent: string;
  edits: number;
  /** No character of the session needs two UTF-16 units, so positions are Yjs indexes as they stand. */
  isBmp: boolean;
}

/**
 * A recorded session. Sequential: one text, edit after edit. Concurrent: each agent's transactions in
 * the order in which that agent made them, each with what others wrote that its author had read by then.
 */
export type Trace = Common &
  ({ kind: 'sequential'; txns: Patch[][] } | { kind: 'concurrent'; agents: AuthoredTxn[][] });

/** @throws TraceError */
export async function readTrace(path: string): Promise<Trace> {
  return parseTrace(await unpack(path));
}

/** @throws TraceError */
export function parseTrace(json: string): Trace {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    throw new TraceError('The file is not JSON.');
  }
  const isConcurrent = (raw as { kind?: unknown } | null)?.kind === 'concurrent';
  const parsed = isConcurrent ? Concurrent.safeParse(raw) : Sequential.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new TraceError(
      `The file is no editing trace: ${issue?.path.join('.') || 'as a whole'}: ${issue?.message}.`,
    );
  }
  const { endContent, txns } = parsed.data;
  const common = {
    endContent,
    edits: txns.reduce((sum, { patches }) => sum + patches.length, 0),
    isBmp: !txns.some(({ patches }) => patches.some(([, , text]) => /[\ud800-\udfff]/.test(text))),
  };
  return 'kind' in parsed.data
    ? { kind: 'concurrent', ...common, agents: scriptsOf(parsed.data.txns, parsed.data.numAgents) }
    : { kind: 'sequential', ...common, txns: txns.map(({ patches }) => patches) };
}

async function unpack(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new TraceError(
      code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code}).`,
    );
  }
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return bytes.toString('utf8');
  try {
    return (await promisify(gunzip)(bytes, { maxOutputLength: MAX_UNPACKED_BYTES })).toString('utf8');
  } catch (error) {
    throw new TraceError(`${path} cannot be unpacked (${(error as NodeJS.ErrnoException).code}).`);
  }
}
