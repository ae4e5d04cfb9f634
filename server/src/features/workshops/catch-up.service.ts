import { type TakenBack, withGaps } from '@longtable/shared/documents/gaps';
import { laidSections } from '@longtable/shared/documents/templates/partnership-templates';
import type { CatchUp } from '@longtable/shared/protocol/http/here';
import type { LaidTable } from '@longtable/shared/protocol/http/partnerships';
import { isBeforeCircles, placeOf } from '@longtable/shared/rounds/agreement';
import type { Deps } from '../../platform/deps.ts';
import { readTable } from '../documents/documents.service.ts';
import type { Seat } from '../people/people.service.ts';
import { readJointSections } from '../rooms/rooms.service.ts';
import { pinnedContent, roundsOf } from '../rounds/rounds.service.ts';
import { wordsTakenBack } from '../words/quotes.service.ts';
import { catchUpLines, type ToldSection } from './catch-up.ts';
import { readHere } from './here.service.ts';

type Reading = Pick<Deps, 'db' | 'keyring'>;

/** The same for every seat at the table: nothing of a circle's own rooms is read for it. */
export async function readCatchUp(deps: Reading, seat: Seat): Promise<CatchUp> {
  const table = await readTable(deps, seat);
  const takenBack = await wordsTakenBack(deps, seat.partnershipId);
  const told = await Promise.all(
    table.documents.map((document) => tellDocument(deps, seat, table, document, takenBack)),
  );
  return { lines: catchUpLines(told.flat(), await readHere(deps, table)) };
}

async function tellDocument(
  deps: Reading,
  { partnershipId }: Seat,
  { template }: LaidTable,
  { id, kind }: LaidTable['documents'][number],
  takenBack: TakenBack,
): Promise<ToldSection[]> {
  const document = { id, kind, partnershipId };
  const rounds = await roundsOf(deps, id);
  const joint = await readJointSections(deps, document);
  const laid = laidSections(template).filter((each) => each.kind === kind);
  return Promise.all(
    laid.map(async ({ section: { key }, isFirst }): Promise<ToldSection> => {
      const { agreed, underway } = placeOf(rounds, key);
      const content =
        agreed !== null
          ? await pinnedContent(deps, agreed, key)
          : joint.find(({ section }) => section === key)!;
      return {
        documentId: id,
        document: kind,
        section: key,
        isFirst,
        isAgreed: agreed !== null,
        isInRound: underway !== null && isBeforeCircles(underway.state, key),
        content: withGaps(content, takenBack),
      };
    }),
  );
}
