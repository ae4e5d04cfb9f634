import type { CircleId, DocumentId, RoomId, RoundId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';
import type { KeyId } from '../../platform/keyring.ts';

export interface RoundRow {
  id: RoundId;
  document_id: DocumentId;
  /** Counts the rounds of a document, from 1. */
  number: number;
  opened_on: string;
  review_months: number;
  is_closed: boolean;
  state_sealed: Uint8Array;
}

export interface SectionRow {
  round_id: RoundId;
  section: string;
  room_id: RoomId;
  agreed_on: string | null;
  review_on: string | null;
}

export interface VersionRow {
  id: string;
  round_id: RoundId;
  section: string;
  number: number;
  key_id: KeyId;
  content_sealed: Uint8Array;
  salt_sealed: Uint8Array;
  hash: Uint8Array;
  made_on: string;
}

export interface AnswerPlace {
  round_id: RoundId;
  section: string;
  version: number;
  circle_id: CircleId;
}

export interface AnswerRow extends AnswerPlace {
  said_sealed: Uint8Array;
}

/** Only while the document is held: two rounds would otherwise take one number. */
export const insertRound = async (trx: Db, row: Omit<RoundRow, 'number' | 'is_closed'>): Promise<void> => {
  const last = await trx<RoundRow>('rounds')
    .where({ document_id: row.document_id })
    .max('number as number')
    .first();
  await trx<RoundRow>('rounds').insert({
    ...row,
    number: Number((last as { number: number | null } | undefined)?.number ?? 0) + 1,
  });
};

export const findRound = (db: Db, id: RoundId): Promise<RoundRow | undefined> =>
  db<RoundRow>('rounds').where({ id }).first();

/** Held until the transaction ends: events of a round happen one after the other. */
export const lockRound = (trx: Db, id: RoundId): Promise<RoundRow | undefined> =>
  trx<RoundRow>('rounds').where({ id }).forUpdate().first();

/** The newest first. */
export const findRoundsOfDocument = (db: Db, document: DocumentId): Promise<RoundRow[]> =>
  db<RoundRow>('rounds').where({ document_id: document }).orderBy('number', 'desc');

export const updateRound = async (
  trx: Db,
  id: RoundId,
  change: Pick<RoundRow, 'is_closed' | 'state_sealed'>,
): Promise<void> => {
  await trx<RoundRow>('rounds').where({ id }).update(change);
};

export const insertSections = async (
  trx: Db,
  rows: Pick<SectionRow, 'round_id' | 'section' | 'room_id'>[],
): Promise<void> => {
  await trx<SectionRow>('round_sections').insert(rows);
};

export const findSections = (db: Db, round: RoundId): Promise<SectionRow[]> =>
  db<SectionRow>('round_sections').where({ round_id: round });

export const findSectionsOfRounds = (db: Db, rounds: readonly RoundId[]): Promise<SectionRow[]> =>
  db<SectionRow>('round_sections').whereIn('round_id', rounds);

/** Those that have not ended, in one order for all who hold several of them. */
export const findOpenRounds = (db: Db, document: DocumentId): Promise<RoundId[]> =>
  db<RoundRow>('rounds').where({ document_id: document, is_closed: false }).orderBy('number').pluck('id');

export const updateSection = async (
  trx: Db,
  round: RoundId,
  section: string,
  change: Pick<SectionRow, 'agreed_on' | 'review_on'>,
): Promise<void> => {
  await trx<SectionRow>('round_sections').where({ round_id: round, section }).update(change);
};

export const insertVersions = async (trx: Db, rows: VersionRow[]): Promise<void> => {
  await trx<VersionRow>('round_versions').insert(rows);
};

export const findVersion = (
  db: Db,
  round: RoundId,
  section: string,
  number: number,
): Promise<VersionRow | undefined> =>
  db<VersionRow>('round_versions').where({ round_id: round, section, number }).first();

export const upsertAnswer = async (trx: Db, row: AnswerRow): Promise<void> => {
  await trx<AnswerRow>('round_answers')
    .insert(row)
    .onConflict(['round_id', 'section', 'version', 'circle_id'])
    .merge(['said_sealed']);
};

export const findAnswer = (db: Db, place: AnswerPlace): Promise<AnswerRow | undefined> =>
  db<AnswerRow>('round_answers')
    .where({ ...place })
    .first();

export const findAnswers = (db: Db, round: RoundId): Promise<AnswerRow[]> =>
  db<AnswerRow>('round_answers').where({ round_id: round });

export const findAnswersTo = (
  db: Db,
  round: RoundId,
  section: string,
  version: number,
): Promise<AnswerRow[]> => db<AnswerRow>('round_answers').where({ round_id: round, section, version });

/** Of one version all but those of `kept`; what was said of other words stays. */
export const deleteAnswers = async (
  trx: Db,
  { round_id, section, version }: Omit<AnswerPlace, 'circle_id'>,
  kept: readonly string[],
): Promise<void> => {
  await trx<AnswerRow>('round_answers')
    .where({ round_id, section, version })
    .whereNotIn('circle_id', [...kept] as CircleId[])
    .delete();
};

export const upsertRule = async (db: Db, circle: CircleId, sealed: Uint8Array): Promise<void> => {
  await db('circle_rules').insert({ circle_id: circle, rule_sealed: sealed }).onConflict('circle_id').merge();
};

export const findRule = async (db: Db, circle: CircleId): Promise<Uint8Array | null> =>
  (
    (await db('circle_rules').where({ circle_id: circle }).first('rule_sealed')) as
      { rule_sealed: Uint8Array } | undefined
  )?.rule_sealed ?? null;
