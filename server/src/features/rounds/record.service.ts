import type { CanonicalField, CanonicalSection } from '@longtable/shared/documents/canonical';
import { canonicalBytes } from '@longtable/shared/documents/canonical-bytes';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { CircleId } from '@longtable/shared/ids';
import type { CircleRule } from '@longtable/shared/protocol/http/rounds';
import type { Deps } from '../../platform/deps.ts';
import type { Document } from '../documents/documents.service.ts';
import { readJointSection } from '../rooms/rooms.service.ts';
import { readRule } from './answers.service.ts';
import { openSaid } from './circle-answers.ts';
import { type ShownDissent, shownDissent } from './round-view.ts';
import { findAnswers, findSections } from './rounds.repository.ts';
import type { Round } from './round-state.ts';
import { pinnedVersion, roundsOf } from './rounds.service.ts';
import { decisiveRound } from './standing.service.ts';

type Reading = Pick<Deps, 'db' | 'keyring'>;

/** What an export may say of a section: nothing of it is inside a circle, or sealed in a round. */
export interface SectionRecord {
  /** As it stands there now. */
  content: CanonicalSection;
  /** Rows that stand there now, lifted out as still open. */
  lifted: CanonicalField[];
  isInRound: boolean;
  /** The newest words that circles agree to, whole or in part. A round over other words leaves them until it says something. */
  agreement: SectionAgreement | null;
  /** Worries and objections to words that were put before the circles and reopened since. */
  earlierDissent: ShownDissent[];
}

export interface SectionAgreement {
  standing: 'agreed' | 'waiting';
  content: CanonicalSection;
  /** Whether the words that stand there now are others. */
  hasChanged: boolean;
  /** SHA-256 of salt and canonical bytes, in hexadecimal. */
  hash: string;
  agreedOn: string | null;
  reviewOn: string | null;
  /** Every circle that was asked, in the order of the table. */
  circles: CircleRecord[];
  dissent: ShownDissent[];
}

export interface CircleRecord {
  circleId: CircleId;
  answer: 'agrees' | 'waiting' | 'withdrew';
  /** The day of a consent given after the answers were shown, or of one taken back. */
  on: string | null;
  /** Null where the circle keeps inside how it decides. */
  rule: CircleRule | null;
}

/** Of every section in the order of the template, what is agreed and what is open. */
export async function agreementRecord(deps: Reading, document: Document): Promise<SectionRecord[]> {
  const rounds = await roundsOf(deps, document.id);
  const records: SectionRecord[] = [];
  for (const { key } of templateFor(document.kind).sections) {
    const { content, lifted } = await readJointSection(deps, document, key);
    const { isInRound, agreed } = placeOf(rounds, key);
    const newest = rounds.find(({ state }) => state.sections[key] !== undefined);
    const isReopened = newest?.state.sections[key]!.status === 'reopened';
    records.push({
      content,
      lifted,
      isInRound,
      agreement: agreed ? await readAgreement(deps, agreed, key, content) : null,
      earlierDissent: newest && isReopened ? await shownDissent(deps, newest, key) : [],
    });
  }
  return records;
}

/** Whether a section is before the circles, and the round by which words of it are agreed. */
function placeOf(newestFirst: readonly Round[], key: string): { isInRound: boolean; agreed?: Round } {
  const round = decisiveRound(newestFirst, key);
  if (!round) return { isInRound: false };
  const { status } = round.state.sections[key]!;
  if (status === 'agreed' || status === 'waiting') return { isInRound: false, agreed: round };
  const before = decisiveRound(newestFirst.slice(newestFirst.indexOf(round) + 1), key);
  const wasAgreed = before?.state.sections[key]!.status === 'agreed';
  return { isInRound: true, ...(before && wasAgreed ? { agreed: before } : {}) };
}

async function readAgreement(
  deps: Reading,
  round: Round,
  section: string,
  now: CanonicalSection,
): Promise<SectionAgreement> {
  const { bytes, hash } = await pinnedVersion(deps, round, section);
  const days = (await findSections(deps.db, round.id)).find((row) => row.section === section);
  return {
    standing: round.state.sections[section]!.status === 'agreed' ? 'agreed' : 'waiting',
    content: JSON.parse(bytes.toString('utf8')) as CanonicalSection,
    hasChanged: !bytes.equals(canonicalBytes(now)),
    hash: hash.toString('hex'),
    agreedOn: days?.agreed_on ?? null,
    reviewOn: days?.review_on ?? null,
    circles: await readCircles(deps, round, section),
    dissent: await shownDissent(deps, round, section),
  };
}

async function readCircles(deps: Reading, { id, state }: Round, section: string): Promise<CircleRecord[]> {
  const { answers, withdrawn, version } = state.sections[section]!;
  const rows = await findAnswers(deps.db, id);
  const records: CircleRecord[] = [];
  for (const circleId of state.electorate as CircleId[]) {
    const row = rows.find(
      (each) => each.section === section && each.version === version && each.circle_id === circleId,
    );
    const said = row && (await openSaid(deps.keyring, row));
    if (said && answers[circleId] !== undefined) {
      const { isReleased } = await readRule(deps, circleId);
      records.push({ circleId, answer: 'agrees', on: said.on, rule: isReleased ? said.rule : null });
    } else if (said && withdrawn.includes(circleId))
      records.push({ circleId, answer: 'withdrew', on: said.withdrawnOn, rule: null });
    // What a circle has begun to say does not count yet, and is nobody's outside to see.
    else records.push({ circleId, answer: 'waiting', on: null, rule: null });
  }
  return records;
}
