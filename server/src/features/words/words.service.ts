import { randomUUID } from 'node:crypto';
import type { CanonicalBlock } from '@longtable/shared/documents/canonical';
import { hasWords, wordsSeen } from '@longtable/shared/documents/words-seen';
import { sectionOf, templateFor } from '@longtable/shared/documents/templates/templates';
import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, DocumentId, PartnershipId, RoomId, WordsId } from '@longtable/shared/ids';
import { MAX_TAKEN_BACK_PER_SECTION } from '@longtable/shared/limits';
import type { DocumentWords, SayWords, SectionWords } from '@longtable/shared/protocol/http/words';
import type { Db, Deps } from '../../platform/deps.ts';
import { KeyDestroyedError, type Keyring, type SealContext } from '../../platform/keyring.ts';
import { withSpareKeys } from '../../platform/spare-keys.ts';
import { type Circle, circlesInOrder } from '../circles/circles.service.ts';
import { type Document, documentsOf, holdDocument } from '../documents/documents.service.ts';
import { type Seat, seatedCircles } from '../people/people.service.ts';
import { forgetQuotes } from '../rooms/forgetting.service.ts';
import { readCircleText, readQuotes } from '../rooms/rooms.service.ts';
import { canReadOthersWords } from './words.policy.ts';
import * as repository from './words.repository.ts';
import type { WordsPlace, WordsRow } from './words.repository.ts';

/** As it stands sealed. A pass has no words. */
type SealedSaid = { said: 'words'; blocks: CanonicalBlock[] } | { said: 'pass' };

type Reading = Pick<Deps, 'keyring'> & { db: Db };

const saidContext = ({ id, version }: Pick<WordsRow, 'id' | 'version'>): SealContext => ({
  table: 'shared_words',
  column: 'said',
  row: `${id}/${version}`,
  audience: 'partnership',
});

/** Null where the key is gone: what it sealed has been taken back, whether or not its row is still here. */
async function openSaid(keyring: Keyring, row: WordsRow): Promise<SealedSaid | null> {
  try {
    return JSON.parse((await keyring.open(saidContext(row), row.said_sealed)).toString()) as SealedSaid;
  } catch (error) {
    if (error instanceof KeyDestroyedError) return null;
    throw error;
  }
}

/**
 * Puts a circle's own draft before the others as it is committed now, passes, or takes either back. Whoever in
 * the circle was last counts. Words that were shared and are no more are remembered by their id alone, so that
 * what quotes them leaves a gap, unless the circle lets the quotes stand.
 * @throws LongtableError notFound, notNow where there is no draft to share or it is not what was seen, tooLarge where the
 * circle has taken words of this section back too often to share any more
 */
export async function sayWords(
  deps: Pick<Deps, 'db' | 'keyring' | 'bus'>,
  circle: Circle,
  { documentId, section, said, seen, keepQuotes }: SayWords,
): Promise<void> {
  // What an earlier key sealed is unreadable once that key is destroyed.
  const done = await withSpareKeys(deps.keyring, said === null ? 0 : 1, (takeKey) =>
    deps.db.transaction(async (trx) => {
      const document = await holdDocument(trx, documentId);
      if (document.partnershipId !== circle.partnershipId) throw new LongtableError('notFound');
      sectionOf(document.kind, section);
      const reading = { db: trx as Deps['db'], keyring: deps.keyring };
      const wasOpen = await isOpenToAll(trx, document, section);
      const place = { document_id: documentId, section, circle_id: circle.id };
      const before = await rowAt(trx, place);
      const wasShared = before !== undefined && (await openSaid(deps.keyring, before))?.said === 'words';
      if (said === 'words' && (await repository.countTakenBack(trx, place)) >= MAX_TAKEN_BACK_PER_SECTION)
        throw new LongtableError('tooLarge');
      if (said === null) await repository.deleteWords(trx, place);
      else {
        const content: SealedSaid =
          said === 'pass'
            ? { said }
            : { said, blocks: await draftOf(reading, document, section, circle.id, seen) };
        // Quotes of shared words name their id, so it lives on while they are replaced, and no longer.
        const id = before && wasShared && said === 'words' ? before.id : (randomUUID() as WordsId);
        const version = (before?.version ?? 0) + 1;
        const keyId = takeKey();
        const said_sealed = await deps.keyring.seal(
          keyId,
          saidContext({ id, version }),
          Buffer.from(JSON.stringify(content)),
        );
        await repository.upsertWords(trx, { ...place, id, version, key_id: keyId, said_sealed });
      }
      if (before && wasShared && said !== 'words' && !keepQuotes) {
        await repository.insertTakenBack(trx, { id: before.id, ...place });
        await forgetQuotes(trx, await roomsThatQuote(reading, document.partnershipId, before.id), before.id);
      }
      const isSeenOutside =
        said === 'words' || wasShared || wasOpen !== (await isOpenToAll(trx, document, section));
      return { document, isSeenOutside, oldKey: before?.key_id };
    }),
  );
  if (done.oldKey) await deps.keyring.destroyKey(done.oldKey);
  // A pass is the circle's own, unless it lets facilitators read.
  deps.bus.publish({
    kind: 'standing',
    partnershipId: circle.partnershipId,
    circleId: done.isSeenOutside ? null : circle.id,
    documentId,
  });
}

/** Where these words stand, leave a gap, or may stand unseen, on any document of the table. */
async function roomsThatQuote(deps: Reading, partnership: PartnershipId, words: WordsId): Promise<RoomId[]> {
  const reading = { db: deps.db as Deps['db'], keyring: deps.keyring };
  const rooms: RoomId[] = [];
  for (const document of await documentsOf(deps.db, partnership))
    for (const { roomId, cites, gaps, isUnreadable } of await readQuotes(reading, document))
      if (isUnreadable || cites.includes(words) || gaps.includes(words)) rooms.push(roomId);
  return rooms;
}

async function draftOf(
  deps: Pick<Deps, 'db' | 'keyring'>,
  document: Document,
  section: string,
  circle: CircleId,
  seen: string | undefined,
): Promise<CanonicalBlock[]> {
  const blocks = await readCircleText(deps, document, section, circle);
  if (!hasWords(blocks) || wordsSeen(blocks) !== seen) throw new LongtableError('notNow');
  return blocks;
}

const rowAt = async (
  db: Db,
  { document_id, section, circle_id }: WordsPlace,
): Promise<WordsRow | undefined> =>
  (await repository.findWordsOfDocument(db, document_id)).find(
    (row) => row.section === section && row.circle_id === circle_id,
  );

interface Opened extends WordsRow {
  content: SealedSaid;
}

/** What circles have said on one section, in the order of the table. */
interface SectionSaid {
  seated: ReadonlySet<CircleId>;
  said: ReadonlySet<CircleId>;
  circles: { id: CircleId; row: Opened | undefined }[];
}

async function readSaid(
  deps: Reading,
  { id, partnershipId }: Document,
): Promise<(section: string) => SectionSaid> {
  const order = await circlesInOrder(deps.db, partnershipId);
  const seated = await seatedCircles(deps.db, partnershipId);
  const opened = await openRows(deps, id);
  return (section) => {
    const here = opened.filter((row) => row.section === section);
    return {
      seated,
      said: new Set(here.map((row) => row.circle_id)),
      circles: order.map((circle) => ({ id: circle, row: here.find((row) => row.circle_id === circle) })),
    };
  };
}

/** Words may be replaced, and their key destroyed, between the reading of a row and its opening: then read again. */
async function openRows({ db, keyring }: Reading, document: DocumentId, isLast = false): Promise<Opened[]> {
  const rows = await repository.findWordsOfDocument(db, document);
  const contents = await Promise.all(rows.map((row) => openSaid(keyring, row)));
  if (!isLast && contents.includes(null)) return openRows({ db, keyring }, document, true);
  return rows.flatMap((row, index) => {
    const content = contents[index];
    return content ? [{ ...row, content }] : [];
  });
}

/** Whether every circle that somebody sits in has shared or passed. */
async function isOpenToAll(db: Db, { id, partnershipId }: Document, section: string): Promise<boolean> {
  const rows = await repository.findWordsOfDocument(db, id);
  const said = new Set(rows.filter((row) => row.section === section).map((row) => row.circle_id));
  return [...(await seatedCircles(db, partnershipId))].every((circle) => said.has(circle));
}

/** Who has shared, as one seat may know it. */
export async function whoShared(deps: Reading, document: Document, seat: Seat): Promise<DocumentWords> {
  const saidOn = await readSaid(deps, document);
  const takenBack = (await repository.findTakenBack(deps.db, document.partnershipId)).filter(
    (row) => row.document_id === document.id && row.circle_id === seat.circleId,
  );
  return {
    sections: templateFor(document.kind).sections.map(({ key }) => {
      const here = saidOn(key);
      const own = here.circles.find(({ id }) => id === seat.circleId)?.row;
      return {
        section: key,
        own: own?.content.said ?? null,
        hasTakenBack: takenBack.some(({ section }) => section === key),
        isOpen: canReadOthersWords(seat, { ...here, partnershipId: document.partnershipId }),
        circles: here.circles
          .map(({ id, row }) => ({ circleId: id, wordsId: row?.content.said === 'words' ? row.id : null }))
          .filter(({ circleId, wordsId }) => wordsId !== null || here.seated.has(circleId)),
      };
    }),
  };
}

/** The words themselves: the seat's own circle's always, the others' once it may read them. */
export async function readWords(
  deps: Reading,
  document: Document,
  section: string,
  seat: Seat,
): Promise<SectionWords> {
  sectionOf(document.kind, section);
  const here = (await readSaid(deps, document))(section);
  const isOpen = canReadOthersWords(seat, { ...here, partnershipId: document.partnershipId });
  return {
    words: here.circles.flatMap(({ id, row }) =>
      row?.content.said === 'words' && (isOpen || id === seat.circleId)
        ? [{ wordsId: row.id, circleId: id, blocks: row.content.blocks }]
        : [],
    ),
  };
}

/** Whose the words are that quotes in a document name; those taken back are nobody's. */
export async function circlesOfWords(
  deps: Reading,
  document: Document,
): Promise<ReadonlyMap<string, CircleId>> {
  const rows = await repository.findWordsOfDocument(deps.db, document.id);
  return new Map(rows.map((row) => [row.id, row.circle_id]));
}
