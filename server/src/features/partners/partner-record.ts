import type { CircleId, PartnerId } from '@longtable/shared/ids';
import { type AnswerPartner, PartnerStatement } from '@longtable/shared/protocol/http/partners';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { newCodeText, readCodeText } from '../../platform/code-text.ts';
import type { KeyId, Keyring, SealContext } from '../../platform/keyring.ts';
import type { AnswerRow, PartnerRow } from './partners.repository.ts';

/** Twelve characters, 60 random bits: circles may take weeks, and nobody else should get in meanwhile. */
const CODE_LENGTH = 12;

/** What a circle said is sealed in steps of this, so that its length does not tell whether it was yes. */
const ANSWER_STEP_BYTES = 512;

/** How the organisation was called by whoever invited it, and the language to speak to it in. */
export interface About {
  name: string;
  locale: Locale;
}

const contextOf = (column: 'about' | 'statement', id: PartnerId): SealContext => ({
  table: 'partners',
  column,
  row: id,
  audience: 'partnership',
});

const answerContext = (partner: PartnerId, circle: CircleId): SealContext => ({
  table: 'partner_answers',
  column: 'answer',
  row: partner,
  audience: `circle:${circle}`,
});

export const sealAbout = (keyring: Keyring, keyId: KeyId, id: PartnerId, about: About): Promise<Buffer> =>
  keyring.seal(keyId, contextOf('about', id), Buffer.from(JSON.stringify(about)));

export const openAbout = async (keyring: Keyring, { id, about_sealed }: PartnerRow): Promise<About> =>
  JSON.parse((await keyring.open(contextOf('about', id), about_sealed)).toString()) as About;

export const sealStatement = (
  keyring: Keyring,
  keyId: KeyId,
  id: PartnerId,
  statement: PartnerStatement,
): Promise<Buffer> => keyring.seal(keyId, contextOf('statement', id), Buffer.from(JSON.stringify(statement)));

export async function openStatement(
  keyring: Keyring,
  { id, statement_sealed }: PartnerRow,
): Promise<PartnerStatement | null> {
  if (!statement_sealed) return null;
  return PartnerStatement.parse(
    JSON.parse((await keyring.open(contextOf('statement', id), statement_sealed)).toString()),
  );
}

export function sealAnswer(
  keyring: Keyring,
  keyId: KeyId,
  partner: PartnerId,
  circle: CircleId,
  answer: AnswerPartner,
): Promise<Buffer> {
  const bytes = Buffer.from(JSON.stringify(answer));
  const padded = Buffer.alloc(Math.ceil(bytes.length / ANSWER_STEP_BYTES) * ANSWER_STEP_BYTES, ' ');
  bytes.copy(padded);
  return keyring.seal(keyId, answerContext(partner, circle), padded);
}

export async function openAnswer(keyring: Keyring, row: AnswerRow): Promise<AnswerPartner> {
  const context = answerContext(row.partner_id, row.circle_id);
  return JSON.parse((await keyring.open(context, row.answer_sealed)).toString()) as AnswerPartner;
}

export const newPartnerCode = (): string => newCodeText(CODE_LENGTH);

/** Null where it cannot be a code. A circle's code never opens here, nor the other way round. */
export function hashPartnerCode(keyring: Keyring, typed: string): Buffer | null {
  const code = readCodeText(typed, CODE_LENGTH);
  return code === null ? null : keyring.mac('code', `partner ${code}`);
}
