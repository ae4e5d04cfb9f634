import { randomUUID } from 'node:crypto';
import type { CircleId, CodeId, PartnershipId } from '@longtable/shared/ids';
import type { MintCode, MintedCode } from '@longtable/shared/protocol/http/circles';
import type { FacilitatorCode, MintFacilitatorCode } from '@longtable/shared/protocol/http/partnerships';
import type { Db, Deps } from '../../platform/deps.ts';
import { addDays } from '../people/people.service.ts';
import { deleteCode, deleteFoundingCodes, findLiveCodes, insertCode } from './circles.repository.ts';
import { hashCode, newCode, showCode } from './codes.ts';
import { putFacilitatorCode } from './facilitator-codes.repository.ts';

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
  return { id, code: showCode(code), url: `${env.publicUrl}/join#${code}`, isFounding };
}

export async function liveCodes({ db, clock }: Deps, circle: CircleId) {
  const rows = await findLiveCodes(db, circle, clock.today());
  return rows.map((row) => ({ id: row.id, usesLeft: row.uses_left, expiresOn: row.expires_on }));
}

export const revokeCode = (db: Db, circle: CircleId, code: CodeId): Promise<boolean> =>
  deleteCode(db, circle, code);

/** A code for one further facilitator; any earlier one opens nothing any more. The code itself is not kept. */
export async function mintFacilitatorCode(
  { db, env, keyring, clock }: Deps,
  partnership: PartnershipId,
  { days }: MintFacilitatorCode,
): Promise<FacilitatorCode> {
  const code = newCode();
  await putFacilitatorCode(db, {
    partnership_id: partnership,
    code_hash: hashCode(keyring, code),
    expires_on: addDays(clock.today(), days),
  });
  return { code: showCode(code), url: `${env.publicUrl}/join#${code}` };
}
