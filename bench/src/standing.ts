/**
 * Measures what it costs the server that every phone at a table asks where the sections stand:
 *
 *     npm run standing [-- --postgres] [--phones N] [--sections N] [--looks N]
 *
 * Agrees sections with some text in them, then lets all phones ask at once, again and again: first while nobody
 * writes, then with a sentence more in one of the agreed sections before each look. Medians over the looks.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import { Standing } from '@longtable/shared/protocol/http/standing';
import { startServer } from '../../e2e/support/server.ts';
import { addBlock, firstText } from './replay/block-text.ts';
import { percentile } from './replay/figures.ts';
import { createFreshDatabase } from './replay/fresh-database.ts';
import { connectPeer, type Peer } from './replay/peer.ts';
import { type LaidTable, layTable } from './replay/table.ts';

/** About a page of text, in as many writes as somebody who types would make of it. */
const SENTENCES = 40;
const SENTENCE = 'We sit at this table and say what we know, and nobody is made to. ';

/** Unmeasured looks first: cold code takes many times as long. */
const WARM_UP = 5;

/** The kernel counts processor time in hundredths of a second on every Linux that Node runs on. */
const MS_PER_TICK = 10;

async function processorMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

type Agreed = { peer: Peer; section: string; documentId: string };

/** Writes, pins and agrees to sections, definition first; the only circle says yes by its speaker. */
async function agreeTo(count: number, url: string, table: LaidTable): Promise<Agreed[]> {
  const [person] = table.people;
  if (!person) throw new Error('nobody sits at the table');
  const agreed: Agreed[] = [];
  for (const { id, kind, rooms } of table.documents) {
    const sections = templateFor(kind).sections.slice(0, count - agreed.length);
    for (const { key, isStarred } of sections) {
      const peer = connectPeer(key, url, person, rooms[key]!);
      await peer.until(() => peer.isReady, 'the room to open');
      addBlock(peer.doc);
      for (let i = 0; i < SENTENCES; i++) {
        firstText(peer.doc)?.insert(0, SENTENCE);
        await peer.until(() => peer.isSaved, 'its words to be saved');
      }
      agreed.push({ peer, section: key, documentId: id });
      if (isStarred)
        await table.asMember(`/api/circles/${table.circle}/heard`, {
          documentId: id,
          section: key,
          mark: 'spoke',
        });
    }
    if (sections.length === 0) continue;
    const keys = sections.map(({ key }) => key);
    const { roundId } = (await table.asFacilitator(`/api/documents/${id}/rounds`, { sections: keys })) as {
      roundId: string;
    };
    await table.asFacilitator(`/api/rounds/${roundId}/phase`, { phase: 'object' });
    for (const key of keys)
      await table.asMember(`/api/rounds/${roundId}/sections/${key}/answer`, {
        version: 1,
        position: 'consent',
      });
    await table.asFacilitator(`/api/rounds/${roundId}/close`, {});
  }
  return agreed;
}

interface Figures {
  /** From the first question to the last answer. */
  wallMs: number;
  /** What the server's process spent meanwhile, for one phone. */
  processorMsEach: number;
}

async function look(
  pid: number,
  url: string,
  { people, partnershipId }: LaidTable,
): Promise<Figures & { seen: Standing }> {
  const [startMs, spentBefore] = [performance.now(), await processorMs(pid)];
  const answers = await Promise.all(
    people.map(async ({ seatId, cookie }) => {
      const answer = await fetch(`${url}/api/partnerships/${partnershipId}/standing`, {
        headers: { cookie, 'longtable-seat': seatId },
      });
      if (!answer.ok) throw new Error(`standing answered ${answer.status}`);
      return answer.json();
    }),
  );
  const wallMs = performance.now() - startMs;
  const spent = (await processorMs(pid)) - spentBefore;
  return { wallMs, processorMsEach: spent / people.length, seen: Standing.parse(answers.at(-1)) };
}

const changedIn = ({ documents }: Standing): number =>
  documents.flatMap(({ sections }) => sections).filter(({ hasChanged }) => hasChanged).length;

async function measure(
  databaseUrl: string | undefined,
  { phones, sections, looks }: Record<'phones' | 'sections' | 'looks', number>,
): Promise<void> {
  const server = await startServer(databaseUrl ? { databaseUrl } : {});
  const agreed: Agreed[] = [];
  try {
    const table = await layTable(server.url, phones);
    agreed.push(...(await agreeTo(sections, server.url, table)));
    const series = async (before: () => Promise<void>, changed: number): Promise<Figures[]> => {
      const figures: Figures[] = [];
      for (let i = 0; i < WARM_UP + looks; i++) {
        await before();
        const { seen, ...each } = await look(server.pid, server.url, table);
        if (changedIn(seen) !== changed)
          throw new Error(`${changedIn(seen)} sections show as changed, not ${changed}`);
        figures.push(each);
      }
      return figures.slice(WARM_UP);
    };
    const say = (what: string, figures: readonly Figures[]) => {
      const median = (of: (each: Figures) => number) => percentile(figures.map(of), 0.5).toFixed(1);
      process.stdout.write(
        `${databaseUrl ? 'postgres' : 'embedded'}, ${phones} phones, ${agreed.length} agreed sections, ${what}: ` +
          `all answered after ${median(({ wallMs }) => wallMs)} ms, ` +
          `${median(({ processorMsEach }) => processorMsEach)} ms of processor a phone (median of ${looks} looks)\n`,
      );
    };
    say('nobody writes', await series(async () => {}, 0));
    const writing = agreed[0]?.peer;
    if (!writing) return;
    await writing.until(() => writing.isReady, 'the room to open again');
    const write = async () => {
      firstText(writing.doc)?.insert(0, SENTENCE);
      await writing.until(() => writing.isSaved, 'its words to be saved');
    };
    say('one section is written in', await series(write, 1));
  } finally {
    for (const { peer } of agreed) peer.close();
    await server.stop();
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      postgres: { type: 'boolean' },
      phones: { type: 'string', default: '40' },
      sections: { type: 'string', default: '12' },
      looks: { type: 'string', default: '15' },
    },
  });
  const size = {
    phones: Number(values.phones),
    sections: Number(values.sections),
    looks: Number(values.looks),
  };
  if (!values.postgres) {
    await measure(undefined, size);
    return 0;
  }
  const url = process.env.TEST_DATABASE_URL;
  if (!url) {
    process.stderr.write('--postgres needs TEST_DATABASE_URL, where it may create a database.\n');
    return 2;
  }
  const database = await createFreshDatabase(url);
  try {
    await measure(database.url, size);
    return 0;
  } finally {
    await database.drop();
  }
}

process.exit(await main());
