import type { CircleId, PartnershipId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';
import { seatedCircles } from '../people/people.service.ts';
import { findAgreements, findAsks } from './anew.repository.ts';

/** An open question whether anybody is left in a circle. */
export interface Question {
  about: CircleId;
  agreeing: ReadonlySet<CircleId>;
  looksFromMs: number | null;
}

export interface Questions {
  seated: ReadonlySet<CircleId>;
  open: readonly Question[];
  answered: readonly { about: CircleId; answeredOn: string }[];
}

export async function readQuestions(db: Db, partnershipId: PartnershipId): Promise<Questions> {
  const asks = await findAsks(db, partnershipId);
  const open = asks.filter((ask) => ask.answered_on === null);
  const agreements = await findAgreements(
    db,
    open.map((ask) => ask.circle_id),
  );
  return {
    seated: await seatedCircles(db, partnershipId),
    open: open.map(({ circle_id, looks_from_ms }) => ({
      about: circle_id,
      agreeing: new Set(agreements.flatMap((row) => (row.about_id === circle_id ? row.circle_id : []))),
      looksFromMs: looks_from_ms,
    })),
    answered: asks.flatMap(({ circle_id, answered_on }) =>
      answered_on === null ? [] : { about: circle_id, answeredOn: answered_on },
    ),
  };
}

/**
 * Whether the waiting time may run: every other circle agrees that sits and is not asked about itself, or two circles
 * that nobody can come back to would wait for each other's word. One of the others must be left to say it. Only where
 * no other circle was ever founded there is nobody to ask.
 */
export function haveOthersAgreed(
  about: CircleId,
  seated: ReadonlySet<CircleId>,
  asked: ReadonlySet<CircleId>,
  agreeing: ReadonlySet<CircleId>,
): boolean {
  const others = [...seated].filter((circle) => circle !== about);
  const heard = others.filter((circle) => !asked.has(circle));
  return (others.length === 0 || heard.length > 0) && heard.every((circle) => agreeing.has(circle));
}

function agreedQuestions({ seated, open }: Questions): Question[] {
  const asked = new Set(open.map(({ about }) => about));
  return open.filter(({ about, agreeing }) => haveOthersAgreed(about, seated, asked, agreeing));
}

/** Where the waiting time has to begin, and where it has to end because a word is missing again. */
export function changesOfWaiting(questions: Questions): { begin: Question[]; end: Question[] } {
  const agreed = agreedQuestions(questions);
  return {
    begin: agreed.filter(({ looksFromMs }) => looksFromMs === null),
    end: questions.open.filter((each) => each.looksFromMs !== null && !agreed.includes(each)),
  };
}

/**
 * What is looked at now, and together: questions whose time is over, of which each needs no further word. A circle
 * that has not agreed is passed over only if it is looked at in the same moment: before, its silence tells nobody
 * anything, and afterwards it is known to be empty too, or nothing ends.
 */
export function questionsToLookAt(questions: Questions, nowMs: number): Question[] {
  let together = agreedQuestions(questions).filter(
    ({ looksFromMs }) => looksFromMs !== null && looksFromMs <= nowMs,
  );
  for (;;) {
    const looked = new Set(together.map(({ about }) => about));
    const kept = together.filter(({ agreeing }) =>
      [...questions.seated].every((circle) => looked.has(circle) || agreeing.has(circle)),
    );
    if (kept.length === together.length) return kept;
    together = kept;
  }
}
