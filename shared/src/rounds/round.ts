/**
 * A consent round as a pure state machine (domain terms: `round`, `consent_decision`, `objection`, `concern`).
 * The unit is the circle. Who must consent is fixed when the round opens; nothing but the consent of each of
 * them to one and the same version makes a section agreed; silence is never consent; an objection reopens
 * its own section and no other. The server stores events and folds them; the screens show `RoundState`.
 */

/** What a circle says of exact words. On screen: we can live with this · we have a worry · we cannot. */
export type Position = 'consent' | 'concern' | 'objection';

/** Where the conversation stands; a facilitator moves it on. Answers are given in `object`. */
export const PHASES = ['clarify', 'react', 'amend', 'object', 'integrate'] as const;
export type Phase = (typeof PHASES)[number];

export type SectionStatus =
  /** Its words are fixed; answers, if any, are sealed. */
  | 'pinned'
  /** A circle objects: the words may change again, and no answer stands. */
  | 'reopened'
  /** Everyone who answered, if anyone did, can live with it; some have not answered. */
  | 'waiting'
  /** Every circle of the electorate can live with it. */
  | 'agreed';

export interface RoundSection {
  status: SectionStatus;
  /** Counts the versions that were put before the circles. Answers belong to the last. */
  version: number;
  isRevealed: boolean;
  answers: Readonly<Record<string, Position>>;
  /** Circles that took their consent back; they may give it again. */
  withdrawn: readonly string[];
  /** The last version that every circle could live with, also where one took that back since. */
  agreedVersion: number | null;
  /** Taken out of the round while that goes on: over for this section, as the end is for all. */
  isReleased: boolean;
}

export interface RoundState {
  phase: Phase;
  isClosed: boolean;
  /** Circles that held a seat when the round opened; never changed afterwards. */
  electorate: readonly string[];
  sections: Readonly<Record<string, RoundSection>>;
}

export type RoundEvent =
  | { type: 'move'; phase: Phase }
  | { type: 'answer'; section: string; circle: string; position: Position }
  /** What a sealed answer comes to once somebody has left its circle; null where it counts no more. Shows nothing. */
  | { type: 'recount'; section: string; circle: string; position: Position | null }
  | { type: 'reveal'; section: string }
  /** The words of a reopened section, changed or not, are put before the circles again. */
  | { type: 'repin'; section: string }
  | { type: 'withdraw'; section: string; circle: string }
  /** Takes one section out of the round: its words are open, and another round may ask about them. */
  | { type: 'release'; section: string }
  | { type: 'close' };

const pinned = (version: number, agreedVersion: number | null = null): RoundSection => ({
  status: 'pinned',
  version,
  isRevealed: false,
  answers: {},
  withdrawn: [],
  agreedVersion,
  isReleased: false,
});

export function openRound(sections: readonly string[], electorate: readonly string[]): RoundState {
  return {
    phase: 'clarify',
    isClosed: false,
    electorate,
    sections: Object.fromEntries(sections.map((section) => [section, pinned(1)])),
  };
}

/** Whether the round has no say any more in what becomes of a section's words. What is waited for may still come. */
export const isOver = ({ isClosed, sections }: RoundState, section: string): boolean =>
  isClosed || sections[section]?.isReleased !== false;

/**
 * Whether a section's words are read-only for the sake of the round. Once they were agreed they are open, and stay
 * so where a circle takes that back: other words may stand there by then, and nobody was asked about those.
 */
export function isHeld(round: RoundState, section: string): boolean {
  const now = round.sections[section];
  if (!now || isOver(round, section)) return false;
  return now.status === 'pinned' || (now.status === 'waiting' && now.agreedVersion !== now.version);
}

/**
 * Whether another round may ask about a section: where this one neither holds its words nor waits for other ones. It
 * asks nothing afresh about words of its own that were agreed: who agreed to those would be written over.
 */
export const isFree = (round: RoundState, section: string): boolean =>
  isOver(round, section) || (!isHeld(round, section) && round.sections[section]?.status !== 'reopened');

/** Whether the event is allowed now. One that is not changes nothing. */
export function mayHappen(round: RoundState, event: RoundEvent): boolean {
  switch (event.type) {
    case 'move':
      return !round.isClosed && event.phase !== round.phase;
    case 'close':
      return !round.isClosed;
    case 'answer': {
      const section = round.sections[event.section];
      if (!section || !round.electorate.includes(event.circle)) return false;
      // After the round, as before its end, whoever has not answered may still do so: they are waited for.
      if (section.status === 'waiting') return section.answers[event.circle] === undefined;
      return !isOver(round, event.section) && round.phase === 'object' && section.status === 'pinned';
    }
    case 'recount':
      return (
        !isOver(round, event.section) &&
        round.electorate.includes(event.circle) &&
        round.sections[event.section]?.status === 'pinned'
      );
    case 'reveal':
      // Whether anyone has answered plays no part: being refused would tell.
      return (
        !isOver(round, event.section) &&
        (round.phase === 'object' || round.phase === 'integrate') &&
        round.sections[event.section]?.status === 'pinned'
      );
    case 'repin': {
      const section = round.sections[event.section];
      return !isOver(round, event.section) && round.phase === 'integrate' && section?.status === 'reopened';
    }
    case 'release':
      return !isOver(round, event.section);
    case 'withdraw': {
      const section = round.sections[event.section];
      if (!section || (section.status !== 'agreed' && section.status !== 'waiting')) return false;
      return section.answers[event.circle] !== undefined;
    }
  }
}

/** The state after an event; the same state where the event is not allowed. */
export function happen(round: RoundState, event: RoundEvent): RoundState {
  if (!mayHappen(round, event)) return round;
  switch (event.type) {
    case 'move':
      return { ...round, phase: event.phase };
    case 'close':
      return { ...round, isClosed: true, sections: mapSections(round.sections, withoutSealed) };
    case 'recount':
      return change(round, event.section, (section) => ({
        ...section,
        answers: withAnswer(round.electorate, section.answers, event),
      }));
    case 'answer':
      return change(round, event.section, (section) =>
        judge(round.electorate, {
          ...section,
          answers: withAnswer(round.electorate, section.answers, event),
          withdrawn: section.withdrawn.filter((circle) => circle !== event.circle),
        }),
      );
    case 'reveal':
      // Where there is nothing to show all stays sealed: later answers would else be seen one by one as they come.
      return change(round, event.section, (section) =>
        Object.keys(section.answers).length === 0
          ? section
          : judge(round.electorate, { ...section, isRevealed: true }),
      );
    case 'repin':
      return change(round, event.section, (section) => pinned(section.version + 1, section.agreedVersion));
    case 'release':
      return change(round, event.section, (section) => ({ ...withoutSealed(section), isReleased: true }));
    case 'withdraw':
      return change(round, event.section, (section) => {
        const { [event.circle]: _, ...answers } = section.answers;
        const isOut = (circle: string) => circle === event.circle || section.withdrawn.includes(circle);
        return { ...section, status: 'waiting', answers, withdrawn: round.electorate.filter(isOut) };
      });
  }
}

function change(round: RoundState, name: string, edit: (section: RoundSection) => RoundSection): RoundState {
  const section = round.sections[name];
  return section ? { ...round, sections: { ...round.sections, [name]: edit(section) } } : round;
}

/** What was never shown by the end is shown to nobody later. */
const withoutSealed = (section: RoundSection): RoundSection =>
  section.status === 'pinned' ? { ...section, answers: {} } : section;

const mapSections = (
  sections: RoundState['sections'],
  edit: (section: RoundSection) => RoundSection,
): RoundState['sections'] =>
  Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, edit(section)]));

/** The order in which answers came is kept nowhere. */
const withAnswer = (
  electorate: readonly string[],
  answers: RoundSection['answers'],
  { circle, position }: { circle: string; position: Position | null },
): RoundSection['answers'] =>
  Object.fromEntries(
    electorate.flatMap((each) => {
      const now = each === circle ? position : answers[each];
      return now ? [[each, now]] : [];
    }),
  );

/** Answers are opened together: when all have answered, or when the facilitator shows what there is. */
function judge(electorate: readonly string[], section: RoundSection): RoundSection {
  const isComplete = electorate.every((circle) => section.answers[circle] !== undefined);
  const isRevealed = section.isRevealed || isComplete;
  if (!isRevealed) return section;
  if (Object.values(section.answers).includes('objection'))
    return { ...section, isRevealed, status: 'reopened' };
  if (!isComplete) return { ...section, isRevealed, status: 'waiting' };
  return { ...section, isRevealed, status: 'agreed', agreedVersion: section.version };
}

/** Circles whose answer a section still waits for, in the order of the electorate. */
export const waitingFor = (round: RoundState, section: string): readonly string[] =>
  round.electorate.filter((circle) => round.sections[section]?.answers[circle] === undefined);
