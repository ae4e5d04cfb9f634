import type { CircleId, CodeId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';
import type { KeyId } from '../../platform/keyring.ts';

export interface CircleRow {
  id: CircleId;
  partnership_id: PartnershipId;
  number: number;
  key_id: KeyId;
  name_sealed: Uint8Array | null;
  kind_sealed: Uint8Array | null;
  labels_sealed: Uint8Array | null;
  is_promised: boolean;
  /** Nobody could come back to it, and another was founded in its place. */
  is_ended: boolean;
}

export interface GrantRow {
  id: string;
  seat_id: SeatId;
  partnership_id: PartnershipId;
  circle_id: CircleId | null;
  can_write: boolean;
}

export interface CodeRow {
  id: CodeId;
  circle_id: CircleId;
  code_hash: Buffer;
  is_founding: boolean;
  uses_left: number;
  expires_on: string;
}

export const insertCircles = async (db: Db, rows: CircleRow[]): Promise<void> => {
  await db<CircleRow>('circles').insert(rows);
};

export const findCircle = (db: Db, id: CircleId): Promise<CircleRow | undefined> =>
  db<CircleRow>('circles').where({ id }).first();

/**
 * Held until the transaction ends: two founders cannot take one first seat. Before anything else of the circle, its
 * codes as well: in two orders they could wait for each other.
 */
export const lockCircle = (trx: Db, id: CircleId): Promise<CircleRow | undefined> =>
  trx<CircleRow>('circles').where({ id }).forNoKeyUpdate().first();

export const findCirclesOfPartnership = (db: Db, partnership: PartnershipId): Promise<CircleRow[]> =>
  db<CircleRow>('circles').where({ partnership_id: partnership }).orderBy('number');

export const updateCircle = async (
  db: Db,
  id: CircleId,
  change: Partial<Pick<CircleRow, 'name_sealed' | 'kind_sealed'>>,
): Promise<void> => {
  await db<CircleRow>('circles').where({ id }).update(change);
};

export const insertGrants = async (db: Db, rows: GrantRow[]): Promise<void> => {
  await db<GrantRow>('grants').insert(rows);
};

export const findGrant = (
  db: Db,
  seat: SeatId,
  partnership: PartnershipId,
  circle: CircleId | null,
): Promise<Pick<GrantRow, 'can_write'> | undefined> =>
  db('grants')
    .where({ seat_id: seat, partnership_id: partnership, is_revoked: false })
    .whereRaw('circle_id is not distinct from ?::uuid', [circle])
    .first('can_write');

/** As `findGrant`, and nobody takes it away before the transaction ends. */
export const lockGrant = (
  trx: Db,
  seat: SeatId,
  partnership: PartnershipId,
  circle: CircleId | null,
): Promise<Pick<GrantRow, 'can_write'> | undefined> =>
  trx('grants')
    .where({ seat_id: seat, partnership_id: partnership, is_revoked: false })
    .whereRaw('circle_id is not distinct from ?::uuid', [circle])
    .forShare()
    .first('can_write');

export const insertCode = async (db: Db, row: CodeRow): Promise<void> => {
  await db<CodeRow>('codes').insert(row);
};

/** Whose code it is; whether it still opens anything is for `useCode` to say. */
export const findCircleOfCode = async (db: Db, hash: Buffer): Promise<CircleId | undefined> =>
  (await db<CodeRow>('codes').where({ code_hash: hash }).first('circle_id'))?.circle_id;

/** One statement, so that however many ask at once, a code opens exactly as often as it may. */
export const useCode = async (db: Db, hash: Buffer, today: string): Promise<CodeRow | undefined> =>
  (
    await db<CodeRow>('codes')
      .where({ code_hash: hash })
      .andWhere('uses_left', '>', 0)
      .andWhere('expires_on', '>=', today)
      .update({ uses_left: db.raw('uses_left - 1') as unknown as number })
      .returning('*')
  )[0];

export const findLiveCodes = (
  db: Db,
  circle: CircleId,
  isFounding: boolean,
  today: string,
): Promise<CodeRow[]> =>
  db<CodeRow>('codes')
    .where({ circle_id: circle, is_founding: isFounding })
    .andWhere('uses_left', '>', 0)
    .andWhere('expires_on', '>=', today)
    .orderBy('id');

export const findLiveCode = (
  db: Db,
  circle: CircleId,
  id: CodeId,
  today: string,
): Promise<CodeRow | undefined> =>
  db<CodeRow>('codes')
    .where({ id, circle_id: circle })
    .andWhere('uses_left', '>', 0)
    .andWhere('expires_on', '>=', today)
    .first();

export const deleteCode = async (
  db: Db,
  circle: CircleId,
  isFounding: boolean,
  id: CodeId,
): Promise<boolean> =>
  (await db<CodeRow>('codes').where({ id, circle_id: circle, is_founding: isFounding }).delete()) === 1;

export const deleteFoundingCodes = async (db: Db, circle: CircleId): Promise<void> => {
  await db<CodeRow>('codes').where({ circle_id: circle, is_founding: true }).delete();
};
