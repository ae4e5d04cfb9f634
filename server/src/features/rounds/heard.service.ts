import { sectionOf, templateFor } from '@longtable/shared/documents/templates/templates';
import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, DocumentId, SeatId } from '@longtable/shared/ids';
import { type CircleHeard, HeardMark, type MarkHeard, Support } from '@longtable/shared/protocol/http/heard';
import type { Db, Deps } from '../../platform/deps.ts';
import type { Keyring, SealContext } from '../../platform/keyring.ts';
import type { Circle } from '../circles/circles.service.ts';
import { type Document, readDocument } from '../documents/documents.service.ts';
import { peopleOfCircle, type Seat } from '../people/people.service.ts';
import * as repository from './heard.repository.ts';
import type { MarkPlace } from './heard.repository.ts';

/** Every mark is sealed at one length, so that its length does not tell which it is. */
const MARK_BYTES = 8;

const markContext = ({ circle_id, document_id, section }: MarkPlace): SealContext => ({
  table: 'heard_marks',
  column: 'mark',
  row: `${document_id}/${section}`,
  audience: `circle:${circle_id}`,
});

const supportContext = (circle: CircleId): SealContext => ({
  table: 'circle_supports',
  column: 'support',
  row: circle,
  audience: `circle:${circle}`,
});

const openMark = async (keyring: Keyring, row: repository.MarkRow): Promise<HeardMark> =>
  HeardMark.parse((await keyring.open(markContext(row), row.mark_sealed)).toString('utf8').trimEnd());

/** What others may know. "Not safe" looks exactly like a circle that has not marked. */
const isHeardMark = (mark: HeardMark): boolean => mark !== 'notSafe';

/**
 * Sets a circle's mark, or takes it back. Whoever in the circle was last counts.
 * @throws LongtableError notFound, badRequest where the section has no star
 */
export async function markHeard(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  circle: Circle,
  { documentId, section, mark }: MarkHeard,
): Promise<void> {
  const document = await readDocument(db, documentId);
  if (document.partnershipId !== circle.partnershipId) throw new LongtableError('notFound');
  if (!sectionOf(document.kind, section).isStarred)
    throw new LongtableError('badRequest', { fields: ['section'] });
  const place = { document_id: documentId, section, circle_id: circle.id };
  if (mark === null) await repository.deleteMark(db, place);
  else {
    const mark_sealed = await keyring.seal(
      circle.keyId,
      markContext(place),
      Buffer.from(mark.padEnd(MARK_BYTES)),
    );
    await repository.upsertMark(db, { ...place, mark_sealed });
  }
}

/** @throws LongtableError badRequest where the seat is not one of the circle's own */
export async function chooseSupport(
  deps: Pick<Deps, 'db' | 'keyring'>,
  circle: Circle,
  support: Support | null,
): Promise<void> {
  if (support === null) return repository.deleteSupport(deps.db, circle.id);
  if (support.kind === 'seat' && !(await sitsIn(deps, circle.id, support.seatId))) {
    throw new LongtableError('badRequest', { fields: ['support.seatId'] });
  }
  const bytes = Buffer.from(JSON.stringify(support));
  await repository.upsertSupport(
    deps.db,
    circle.id,
    await deps.keyring.seal(circle.keyId, supportContext(circle.id), bytes),
  );
}

/** The circle's own view. Notices are for the seat that it chose for support, and for no other. */
export async function circleHeard(
  deps: Pick<Deps, 'db' | 'keyring'>,
  circle: Pick<Circle, 'id'>,
  seat: Seat,
): Promise<CircleHeard> {
  const rows = await repository.findMarksOfCircle(deps.db, circle.id);
  const marks = await Promise.all(
    rows.map(async (row) => ({
      documentId: row.document_id,
      section: row.section,
      mark: await openMark(deps.keyring, row),
    })),
  );
  const support = await readSupport(deps, circle.id);
  const isSupport = support?.kind === 'seat' && support.seatId === seat.id;
  const notices = marks.filter(({ mark }) => isSupport && mark === 'notSafe');
  return { marks, support, notices };
}

async function readSupport(deps: Pick<Deps, 'db' | 'keyring'>, circle: CircleId): Promise<Support | null> {
  const sealed = await repository.findSupport(deps.db, circle);
  if (!sealed) return null;
  const support = Support.parse(
    JSON.parse((await deps.keyring.open(supportContext(circle), sealed)).toString()),
  );
  return support.kind === 'seat' && !(await sitsIn(deps, circle, support.seatId)) ? null : support;
}

const sitsIn = async (deps: Pick<Deps, 'db' | 'keyring'>, circle: CircleId, seat: SeatId): Promise<boolean> =>
  (await peopleOfCircle(deps, circle, 'seated')).some(({ seatId }) => seatId === seat);

/** Which circles are heard where, in these documents: a key for each section that a circle is heard on. */
export interface HeardMap {
  isHeard(document: DocumentId, section: string, circle: CircleId): boolean;
}

export async function readHeard(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  documents: readonly DocumentId[],
): Promise<HeardMap> {
  const rows = await repository.findMarksOfDocuments(db, documents);
  const marks = await Promise.all(rows.map((row) => openMark(keyring, row)));
  const key = (document: DocumentId, section: string, circle: CircleId) => `${document}/${section}/${circle}`;
  const heard = new Set(
    rows
      .filter((_, index) => isHeardMark(marks[index]!))
      .map((row) => key(row.document_id, row.section, row.circle_id)),
  );
  return { isHeard: (document, section, circle) => heard.has(key(document, section, circle)) };
}

/** Whether a circle may say yes to a section: where it has a star, the circle must have been heard on it. */
export async function isHeardWhereAsked(
  db: Db,
  keyring: Keyring,
  document: Pick<Document, 'id' | 'kind'>,
  section: string,
  circle: CircleId,
): Promise<boolean> {
  if (!templateFor(document.kind).sections.some(({ key, isStarred }) => key === section && isStarred))
    return true;
  const row = await repository.findMark(db, { document_id: document.id, section, circle_id: circle });
  return row !== undefined && isHeardMark(await openMark(keyring, row));
}
