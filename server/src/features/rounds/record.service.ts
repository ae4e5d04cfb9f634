import type { CanonicalField, CanonicalSection } from '@longtable/shared/documents/canonical';
import { canonicalBytes } from '@longtable/shared/documents/canonical-bytes';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { CircleId, PartnershipId } from '@longtable/shared/ids';
import type { CircleRule } from '@longtable/shared/protocol/http/rounds';
import { type Agreement, agreementOf, isBeforeCircles, placeOf } from '@longtable/shared/rounds/agreement';
import type { Deps } from '../../platform/deps.ts';
import { circlesInOrder } from '../circles/circles.service.ts';
import type { Document } from '../documents/documents.service.ts';
import { seatedCircles } from '../people/people.service.ts';
import { readJointSection } from '../rooms/rooms.service.ts';
import { readRule } from './answers.service.ts';
import { openSaid } from './circle-answers.ts';
import { type ShownDissent, shownDissent } from './round-view.ts';
import { findAnswers, findSections } from './rounds.repository.ts';
import type { Round } from './round-state.ts';
import { pinnedVersion, roundsOf } from './rounds.service.ts';

type Reading = Pick<Deps, 'db' | 'keyring'>;

/** What an export may say of a section: nothing of it is inside a circle, or sealed in a round. */
export interface SectionRecord {
  /** As it stands there now. */
  content: CanonicalSection;
  /** Rows that stand there now, lifted out as still open. */
  lifted: CanonicalField[];
  isInRound: boolean;
  /** Whether words stand there that nobody can open, so that `content` has none. */
  isUnreadable: boolean;
  /** The newest words that circles agree to, whole or in part. A round over other words leaves them until it says something. */
  agreement: SectionAgreement | null;
  /** Worries and objections to words that were put before the circles and reopened since. */
  earlierDissent: ShownDissent[];
}

export interface SectionAgreement {
  /** `none`: those who agreed have all taken it back, and who agrees to these words is nobody. */
  standing: 'agreed' | 'waiting' | 'none';
  content: CanonicalSection;
  /** Whether the words that stand there now are others, as far as they can be read. */
  hasChanged: boolean;
  /** Words in `content` were taken back since and are left out, so that it is no longer what the hash is of. */
  hasGaps?: boolean;
  /** SHA-256 of salt and canonical bytes, in hexadecimal. */
  hash: string;
  agreedOn: string | null;
  reviewOn: string | null;
  /** Every circle that was asked, and every other that sits at the table now, in the order of the table. */
  circles: CircleRecord[];
  dissent: ShownDissent[];
}

export interface CircleRecord {
  circleId: CircleId;
  /** `notAsked`: nobody sat there yet when the round opened, and it is not waited for. */
  answer: 'agrees' | 'waiting' | 'withdrew' | 'notAsked';
  /** The day of a consent given after the answers were shown, or of one taken back. */
  on: string | null;
  /** Null where the circle keeps inside how it decides. */
  rule: CircleRule | null;
}

/** Of every section in the order of the template, what is agreed and what is open. */
export async function agreementRecord(deps: Reading, document: Document): Promise<SectionRecord[]> {
  const rounds = await roundsOf(deps, document.id);
  const table = await circlesAtTable(deps.db, document.partnershipId);
  const records: SectionRecord[] = [];
  for (const { key } of templateFor(document.kind).sections) {
    const { content, lifted, isUnreadable } = await readJointSection(deps, document, key);
    const { agreed, underway } = placeOf(rounds, key);
    const isInRound = underway !== null && isBeforeCircles(underway.state, key);
    const by = agreed ?? (isInRound ? null : underway);
    const newest = rounds.find(({ state }) => state.sections[key] !== undefined);
    const isReopened = newest?.state.sections[key]!.status === 'reopened';
    records.push({
      content,
      lifted,
      isInRound,
      isUnreadable,
      agreement: by ? await readAgreement(deps, by, key, isUnreadable ? null : content, table) : null,
      earlierDissent: newest && isReopened ? await shownDissent(deps, newest, key) : [],
    });
  }
  return records;
}

async function readAgreement(
  deps: Reading,
  round: Round,
  section: string,
  /** Null where nobody can open it. */
  now: CanonicalSection | null,
  table: readonly CircleAtTable[],
): Promise<SectionAgreement> {
  const { bytes, hash } = await pinnedVersion(deps, round, section);
  const days = (await findSections(deps.db, round.id)).find((row) => row.section === section);
  return {
    standing: STANDINGS[agreementOf(round.state.sections[section]!)],
    content: JSON.parse(bytes.toString('utf8')) as CanonicalSection,
    hasChanged: now !== null && !bytes.equals(canonicalBytes(now)),
    hash: hash.toString('hex'),
    agreedOn: days?.agreed_on ?? null,
    reviewOn: days?.review_on ?? null,
    circles: await readCircles(deps, round, section, table),
    dissent: await shownDissent(deps, round, section),
  };
}

const STANDINGS = { all: 'agreed', some: 'waiting', none: 'none' } as const satisfies Record<
  Agreement,
  SectionAgreement['standing']
>;

type CircleAtTable = { id: CircleId; isSeated: boolean };

async function circlesAtTable(db: Deps['db'], partnership: PartnershipId): Promise<CircleAtTable[]> {
  const seated = await seatedCircles(db, partnership);
  return (await circlesInOrder(db, partnership)).map((id) => ({ id, isSeated: seated.has(id) }));
}

async function readCircles(
  deps: Reading,
  { id, state }: Round,
  section: string,
  table: readonly CircleAtTable[],
): Promise<CircleRecord[]> {
  const { answers, withdrawn, version } = state.sections[section]!;
  const rows = await findAnswers(deps.db, id);
  const records: CircleRecord[] = [];
  for (const { id: circleId, isSeated } of table) {
    if (!state.electorate.includes(circleId)) {
      if (isSeated) records.push({ circleId, answer: 'notAsked', on: null, rule: null });
      continue;
    }
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
