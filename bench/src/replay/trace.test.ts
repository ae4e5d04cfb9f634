import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { TraceError } from './trace-error.ts';
import { parseTrace, readTrace } from './trace.ts';

const sequential = { startContent: '', endContent: 'hi', txns: [{ time: 'x', patches: [[0, 0, 'hi']] }] };
const txn = (parents: number[], agent: number, text = '') => ({ parents, agent, patches: [[0, 0, text]] });
const concurrent = (numAgents: number, txns: unknown[]) =>
  JSON.stringify({ kind: 'concurrent', endContent: '', numAgents, txns });

describe('a sequential trace', () => {
  it('keeps its patches in order', () => {
    expect(parseTrace(JSON.stringify(sequential))).toEqual({
      kind: 'sequential',
      endContent: 'hi',
      edits: 1,
      isBmp: true,
      txns: [[[0, 0, 'hi']]],
    });
  });

  it('says when a character of it needs two UTF-16 units', () => {
    const trace = { ...sequential, txns: [{ patches: [[0, 0, '🪑']] }] };
    expect(parseTrace(JSON.stringify(trace)).isBmp).toBe(false);
  });
});

describe('a concurrent trace', () => {
  it('says what each transaction merges: what its parents knew and its author did not', () => {
    // 0 and 1 write at once; 2 reads 0 only; 3 is by the first agent, who reads all.
    const trace = parseTrace(
      concurrent(3, [txn([], 0), txn([], 1), txn([0], 2), txn([0, 1, 2], 0), txn([3], 1)]),
    );
    const merges =
      trace.kind === 'concurrent' && trace.agents.map((script) => script.map((each) => each.merges));
    expect(merges).toEqual([[[], [1, 2]], [[], [0, 2, 3]], [[0]]]);
  });

  it.each([
    ['an agent that there is not', concurrent(1, [txn([], 1)]), /agent 1, and there are 1/],
    [
      'a parent that comes later',
      concurrent(1, [txn([1], 0), txn([], 0)]),
      /a parent that does not come before/,
    ],
    ['two things at once by one agent', concurrent(1, [txn([], 0), txn([], 0)]), /leaves out what agent 0/],
  ])('with %s is refused', (_name, json, reason) => {
    expect(() => parseTrace(json)).toThrow(reason);
  });
});

describe('a file that is no trace', () => {
  it.each([
    ['no JSON', 'hello', /not JSON/],
    ['null', 'null', /no editing trace: as a whole/],
    ['another JSON', '{"endContent": ""}', /no editing trace: txns/],
    [
      'a negative position',
      JSON.stringify({ ...sequential, txns: [{ patches: [[-1, 0, '']] }] }),
      /txns\.0\.patches\.0\.0/,
    ],
    ['half a character', '{"endContent": "\\ud83e", "txns": []}', /endContent: half a character/],
    ['a text to start from', JSON.stringify({ ...sequential, startContent: 'x' }), /startContent/],
  ])('is refused with a sentence: %s', (_name, json, reason) => {
    expect(() => parseTrace(json)).toThrow(TraceError);
    expect(() => parseTrace(json)).toThrow(reason);
  });
});

describe('reading a trace from disk', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'longtable-trace-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('unpacks a gzip file by its content, not its name', async () => {
    const file = path.join(folder, 'packed.json');
    await writeFile(file, gzipSync(JSON.stringify(sequential)));
    expect((await readTrace(file)).endContent).toBe('hi');
  });

  it('says what is wrong with a file that is not there, a folder, and half a gzip file', async () => {
    const half = path.join(folder, 'half.json.gz');
    await writeFile(half, gzipSync(JSON.stringify(sequential)).subarray(0, 20));
    await expect(readTrace(path.join(folder, 'none'))).rejects.toThrow(/There is no file/);
    await expect(readTrace(folder)).rejects.toThrow(/cannot be read \(EISDIR\)/);
    await expect(readTrace(half)).rejects.toThrow(/cannot be unpacked/);
  });
});
