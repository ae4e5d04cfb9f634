import { randomUUID } from 'node:crypto';
import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, CodeId, PartnershipId } from '@longtable/shared/ids';
import type { MintCode, MintedCode } from '@longtable/shared/protocol/http/circles';
import type { FacilitatorCode, MintFacilitatorCode } from '@longtable/shared/protocol/http/partnerships';
import type { Db, Deps } from '../../platform/deps.ts';
import { addDays } from '../people/people.service.ts';
import {
  deleteCode,
  deleteFoundingCodes,
  findLiveCode,
  findLiveCodes,
  insertCode,
} from './circles.repository.ts';
import { hashCode, newCode, readCode, showCode } from './codes.ts';
import { putFacilitatorCode } from './facilitator-codes.repository.ts';

/** In the fragment, which no server, log or preview ever sees; opening it alone redeems nothing. */
const joinLink = (env: Deps['env'], code: string): string => `${env.publicUrl}/join#${code}`;

/** A founding code replaces any earlier one of the circle and opens once. The code itself is not kept. */
export async function mintCode(
  { db, env, keyring, clock }: Deps,
  circle: CircleId,
  { uses, days }: MintCode,
  isFounding: boolean,
): Promise<MintedCode> {
  const code = newCode();
  const id = randomUUID() as CodeId;
  await db.transaction(async (trx) => {
    if (isFounding) await deleteFoundingCodes(trx, circle);
    await insertCode(trx, {
      id,
      circle_id: circle,
      code_hash: hashCode(keyring, code),
      is_founding: isFounding,
      uses_left: isFounding ? 1 : uses,
      expires_on: addDays(clock.today(), days),
    });
  });
  return { id, code: showCode(code), url: joinLink(env, code), isFounding };
}

/** Codes that still open: the founding one, or those of the door. */
export async function liveCodes({ db, clock }: Deps, circle: CircleId, isFounding: boolean) {
  const rows = await findLiveCodes(db, circle, isFounding, clock.today());
  return rows.map((row) => ({ id: row.id, usesLeft: row.uses_left, expiresOn: row.expires_on }));
}

/** @throws LongtableError notFound where it opens nothing already */
export async function revokeCode(db: Db, circle: CircleId, code: CodeId, isFounding: boolean): Promise<void> {
  if (!(await deleteCode(db, circle, isFounding, code))) throw new LongtableError('notFound');
}

/**
 * The code as it is shown, and its link, for somebody who brings it along: the server keeps a keyed hash only.
 * @throws LongtableError codeUnknown where this is not that code, or where it opens nothing any more
 */
export async function readLiveCode(
  { db, env, keyring, clock }: Pick<Deps, 'db' | 'env' | 'keyring' | 'clock'>,
  circle: CircleId,
  id: CodeId,
  typed: string,
): Promise<{ code: string; url: string }> {
  const code = readCode(typed);
  const row = await findLiveCode(db, circle, id, clock.today());
  if (code === null || !row || !hashCode(keyring, code).equals(row.code_hash))
    throw new LongtableError('codeUnknown');
  return { code: showCode(code), url: joinLink(env, code) };
}

/** A code for one further facilitator; any earlier one opens nothing any more. The code itself is not kept. */
export async function mintFacilitatorCode(
  { db, env, keyring, clock }: Pick<Deps, 'env' | 'keyring' | 'clock'> & { db: Db },
  partnership: PartnershipId,
  { days }: MintFacilitatorCode,
): Promise<FacilitatorCode> {
  const code = newCode();
  await putFacilitatorCode(db, {
    partnership_id: partnership,
    code_hash: hashCode(keyring, code),
    expires_on: addDays(clock.today(), days),
  });
  return { code: showCode(code), url: joinLink(env, code) };
}
