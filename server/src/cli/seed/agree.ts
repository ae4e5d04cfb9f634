import type { DocumentKind } from '@longtable/shared/documents/template';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import type { RoundId } from '@longtable/shared/ids';
import type { Answer, Phase } from '@longtable/shared/protocol/http/rounds';
import type { z } from 'zod';
import { type Document, readDocument } from '../../features/documents/documents.service.ts';
import { markHeard } from '../../features/rounds/heard.service.ts';
import { answerRound } from '../../features/rounds/answers.service.ts';
import { moveRound, openRound, repinSection } from '../../features/rounds/rounds.service.ts';
import type { Deps } from '../../platform/deps.ts';
import { OBJECTION, PASSED, WORRY } from '../demo/answers.ts';
import type { DemoCircle } from '../demo/circles.ts';
import type { DemoTable } from './table.ts';

const YES = { position: 'consent', reason: null, dissent: 'inside' } as const;

/** All circles mark what asks for it, and answer that they can live with these sections. */
export async function agreeOn(
  deps: Deps,
  table: DemoTable,
  kind: DocumentKind,
  sections: readonly string[],
): Promise<void> {
  const { round } = await openOn(deps, table, kind, sections);
  await move(deps, round, 'object');
  for (const section of sections) await answerAll(deps, table, round, section, 1);
  await moveRound(deps, round, { type: 'close' });
}

/**
 * The plan: one circle cannot live with a section, which alone is opened again; `repair` changes its words, they
 * are put forward again, and all agree. Another circle agrees with a worry, which stays beside the words.
 */
export async function agreeAfterAnObjection(
  deps: Deps,
  table: DemoTable,
  sections: readonly string[],
  repair: () => Promise<void>,
): Promise<void> {
  const { round } = await openOn(deps, table, 'plan', sections);
  for (const phase of ['react', 'amend', 'object'] as const) await move(deps, round, phase);
  for (const section of sections) await answerAll(deps, table, round, section, 1);
  await move(deps, round, 'integrate');
  await repair();
  await repinSection(deps, round, OBJECTION.section);
  await move(deps, round, 'object');
  await answerAll(deps, table, round, OBJECTION.section, 2);
  await moveRound(deps, round, { type: 'close' });
}

async function openOn(deps: Deps, table: DemoTable, kind: DocumentKind, sections: readonly string[]) {
  const document = await readDocument(deps.db, table.documents[kind]);
  for (const section of sections)
    if (sectionOf(kind, section).isStarred) await markAll(deps, table, document, section);
  const round = await openRound(deps, document, { sections: [...sections], reviewMonths: 6 });
  return { document, round };
}

async function markAll(deps: Deps, table: DemoTable, document: Document, section: string): Promise<void> {
  for (const [key, { circle }] of table.circles) {
    const hasPassed = PASSED.some((each) => each.circle === key && each.section === section);
    const mark = hasPassed ? 'passed' : 'spoke';
    await markHeard(deps, circle, { documentId: document.id, section, mark });
  }
}

const move = (deps: Deps, round: RoundId, phase: z.infer<typeof Phase>) =>
  moveRound(deps, round, { type: 'move', phase });

/** Everyone answers; a circle that is decided by one speaker has its answer with the first. */
async function answerAll(
  deps: Deps,
  table: DemoTable,
  round: RoundId,
  section: string,
  version: number,
): Promise<void> {
  for (const [key, { members, rule }] of table.circles) {
    for (const seat of rule === 'speaker' ? members.slice(0, 1) : members)
      await answerRound(deps, round, section, seat, { version, ...answerOf(key, section, version) });
  }
}

function answerOf(circle: DemoCircle['key'], section: string, version: number): Omit<Answer, 'version'> {
  if (circle === OBJECTION.circle && section === OBJECTION.section && version === 1)
    return { position: 'objection', reason: OBJECTION.reason, dissent: 'inside' };
  if (circle === WORRY.circle && section === WORRY.section)
    return { position: 'concern', reason: WORRY.reason, dissent: 'named' };
  return YES;
}
