import { createHash, timingSafeEqual } from 'node:crypto';
import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, NoteId, RoundId } from '@longtable/shared/ids';
import { MAX_NOTES_PER_SECTION } from '@longtable/shared/limits';
import type { NoteMark, PutNote, RoundNote, RoundNotes } from '@longtable/shared/protocol/http/notes';
import { noteKindsNow } from '@longtable/shared/rounds/notes';
import type { Db, Deps } from '../../platform/deps.ts';
import type { Keyring, SealContext } from '../../platform/keyring.ts';
import { holdGrant, readCircle } from '../circles/circles.service.ts';
import { readPartnership } from '../partnerships/partnerships.service.ts';
import type { Seat } from '../people/people.service.ts';
import { canMarkNote, canPutNote } from './notes.policy.ts';
import * as repository from './notes.repository.ts';
import type { NoteRow } from './notes.repository.ts';
import { padded } from './padded.ts';
import { holdRound, type Reading, type Round } from './round-state.ts';

/** What is sealed of a note. No seat, and no circle that did not choose to be named. */
interface Note extends Pick<RoundNote, 'kind' | 'text' | 'version' | 'circleId'> {
  /** SHA-256 of the token that the writer's page keeps; null once a gap stands in its place. */
  takeBackHash: string | null;
  /** Of a note that names no circle: nothing, sealed by its circle's key, which opens for nobody else. */
  ours: string | null;
}

/** Most notes are a sentence or two; a question of three words is sealed as long. */
const STEP_BYTES = 1_024;

const contextOf = (id: NoteId, column: 'note' | 'mark'): SealContext => ({
  table: 'round_notes',
  column,
  row: id,
  audience: 'partnership',
});

const oursContext = (id: NoteId, circle: CircleId): SealContext => ({
  table: 'round_notes',
  column: 'ours',
  row: id,
  audience: `circle:${circle}`,
});

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const openNote = async (keyring: Keyring, { id, note_sealed }: NoteRow): Promise<Note> =>
  JSON.parse((await keyring.open(contextOf(id, 'note'), note_sealed)).toString()) as Note;

const openMark = async (keyring: Keyring, { id, mark_sealed }: NoteRow): Promise<RoundNote['mark']> =>
  mark_sealed &&
  (JSON.parse((await keyring.open(contextOf(id, 'mark'), mark_sealed)).toString()) as NoteMark);

/** @throws LongtableError notFound for a section that is not in the round */
export async function readNotes(
  { db, keyring }: Reading,
  round: Round,
  section: string,
  seat: Seat,
): Promise<RoundNotes> {
  if (!Object.hasOwn(round.state.sections, section)) throw new LongtableError('notFound');
  const rows = await repository.findNotes(db, { round_id: round.id, section });
  const notes = rows.map(async (row): Promise<RoundNote> => {
    const { kind, text, version, circleId } = await openNote(keyring, row);
    return { id: row.id, kind, text, version, circleId, mark: await openMark(keyring, row) };
  });
  return {
    notes: await Promise.all(notes),
    version: round.state.sections[section]!.version,
    open: canPutNote(seat, round) ? noteKindsNow(round.state, section) : [],
    mayMark: canMarkNote(seat, round) && !round.state.isClosed,
  };
}

/**
 * Puts a note beside the words. The same one again changes nothing.
 * @throws LongtableError notFound, notNow where this kind may not be put now, tooLarge where there are too many
 */
export const putNote = (
  deps: Deps,
  id: RoundId,
  section: string,
  seat: Seat,
  { id: noteId, kind, text, attribution, takeBack }: PutNote,
): Promise<void> =>
  change(deps, id, section, async (trx, round) => {
    const circle = await circleOf(trx, seat, round);
    const takeBackHash = hashOf(takeBack);
    const before = await repository.findNote(trx, noteId);
    if (before) {
      const known = isIn(before, round, section) && (await openNote(deps.keyring, before));
      if (known && known.takeBackHash === takeBackHash) return;
      throw new LongtableError('notNow');
    }
    if (!noteKindsNow(round.state, section).includes(kind)) throw new LongtableError('notNow');
    if ((await repository.countNotes(trx, { round_id: id, section })) >= MAX_NOTES_PER_SECTION)
      throw new LongtableError('tooLarge');
    const { version } = round.state.sections[section]!;
    const note: Note = {
      kind,
      text,
      version,
      circleId: attribution === 'circle' ? circle : null,
      takeBackHash,
      ours: attribution === 'circle' ? null : await sealOurs(deps, trx, noteId, circle),
    };
    const note_sealed = await seal(deps, trx, round, contextOf(noteId, 'note'), note);
    await repository.insertNote(trx, { id: noteId, round_id: id, section, note_sealed });
  });

/**
 * Takes a note back, at any time: from the page that put it, or by any member of the circle that it names. One that
 * names no circle may be taken out by any member of the circle that it came from; a gap then says that something was
 * there, so that nobody's words go unseen. Whoever asks for another circle's learns nothing but that it is not theirs.
 * @throws LongtableError notFound, also where it is not theirs
 */
export const takeBackNote = (
  deps: Deps,
  id: RoundId,
  section: string,
  noteId: NoteId,
  seat: Seat,
  token: string | null,
): Promise<void> =>
  change(deps, id, section, async (trx, round) => {
    const circle = await circleOf(trx, seat, round);
    const note = await openNote(deps.keyring, await noteIn(trx, round, section, noteId));
    if (isMine(note, token) || (note.circleId !== null && note.circleId === circle))
      return repository.deleteNote(trx, noteId);
    if (!(await isOurs(deps.keyring, noteId, note, circle))) throw new LongtableError('notFound');
    const gap: Note = { ...note, text: null, takeBackHash: null, ours: null };
    await repository.emptyNote(trx, noteId, await seal(deps, trx, round, contextOf(noteId, 'note'), gap));
  });

const isMine = ({ takeBackHash }: Note, token: string | null): boolean =>
  token !== null && !!takeBackHash && timingSafeEqual(Buffer.from(hashOf(token)), Buffer.from(takeBackHash));

async function sealOurs({ keyring }: Deps, trx: Db, id: NoteId, circle: CircleId): Promise<string> {
  const { keyId } = await readCircle(trx, circle);
  return (await keyring.seal(keyId, oursContext(id, circle), Buffer.alloc(0))).toString('base64');
}

const isOurs = async (keyring: Keyring, id: NoteId, { ours }: Note, circle: CircleId): Promise<boolean> =>
  !!ours &&
  (await keyring.open(oursContext(id, circle), Buffer.from(ours, 'base64')).then(
    () => true,
    () => false,
  ));

/**
 * Says what came of a note, or takes that off.
 * @throws LongtableError notFound, notNow where it is marked already or the round has ended
 */
export const markNote = (
  deps: Deps,
  id: RoundId,
  section: string,
  noteId: NoteId,
  mark: NoteMark | null,
): Promise<void> =>
  change(deps, id, section, async (trx, round) => {
    const row = await noteIn(trx, round, section, noteId);
    const isGap = (await openNote(deps.keyring, row)).text === null;
    if (isGap || round.state.isClosed || (mark !== null && row.mark_sealed !== null))
      throw new LongtableError('notNow');
    const sealed = mark && (await seal(deps, trx, round, contextOf(noteId, 'mark'), mark));
    await repository.updateMark(trx, noteId, sealed);
  });

/** Under the round's lock; then whoever has these notes in view looks again. */
async function change(
  deps: Deps,
  id: RoundId,
  section: string,
  act: (trx: Db, round: Round) => Promise<void>,
): Promise<void> {
  const { partnershipId } = await deps.db.transaction(async (trx) => {
    const round = await holdRound({ db: trx, keyring: deps.keyring }, id);
    if (!Object.hasOwn(round.state.sections, section)) throw new LongtableError('notFound');
    await act(trx, round);
    return round.document;
  });
  deps.bus.publish({ kind: 'notes', partnershipId, roundId: id, section });
}

async function noteIn(trx: Db, round: Round, section: string, id: NoteId): Promise<NoteRow> {
  const row = await repository.findNote(trx, id);
  if (!row || !isIn(row, round, section)) throw new LongtableError('notFound');
  return row;
}

const isIn = (row: NoteRow, round: Round, section: string): boolean =>
  row.round_id === round.id && row.section === section;

/** The circle of a seat whose rights nobody has taken away meanwhile. @throws LongtableError notFound */
async function circleOf(trx: Db, seat: Seat, { partnershipId }: Round): Promise<CircleId> {
  if (seat.circleId === null || !(await holdGrant(trx, seat.id, partnershipId, seat.circleId)))
    throw new LongtableError('notFound');
  return seat.circleId;
}

async function seal(
  { keyring }: Deps,
  trx: Db,
  { partnershipId }: Round,
  context: SealContext,
  value: Note | NoteMark,
): Promise<Buffer> {
  const { keyId } = await readPartnership({ db: trx as Deps['db'], keyring }, partnershipId);
  return keyring.seal(keyId, context, padded(value, STEP_BYTES));
}
