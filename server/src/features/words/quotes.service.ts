import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import type { TakenBack } from '@longtable/shared/documents/gaps';
import type { PartnershipId, WordsId } from '@longtable/shared/ids';
import type { CircleQuotes } from '@longtable/shared/protocol/http/words';
import type { Deps } from '../../platform/deps.ts';
import type { CircleFacts } from '../circles/circles.policy.ts';
import { type Document, documentsOf } from '../documents/documents.service.ts';
import { readQuotes } from '../rooms/rooms.service.ts';
import { findTakenBack, findWordsOfDocument } from './words.repository.ts';

type Reading = Pick<Deps, 'db' | 'keyring'>;

/** Where words that a circle shares, or has taken back, stand as quotes now. All joint text is read: words are carried about. */
export async function circleQuotes(deps: Reading, circle: CircleFacts): Promise<CircleQuotes> {
  const documents = await documentsOf(deps.db, circle.partnershipId);
  const takenBack = new Set<string>();
  for (const row of await findTakenBack(deps.db, circle.partnershipId))
    if (row.circle_id === circle.id) takenBack.add(row.id);
  const own = new Set(takenBack);
  for (const { id } of documents)
    for (const row of await findWordsOfDocument(deps.db, id))
      if (row.circle_id === circle.id) own.add(row.id);
  const rooms: CircleQuotes['rooms'] = [];
  if (own.size === 0) return { rooms };
  for (const document of documents)
    for (const { roomId, isOpen, cites } of await readQuotes(deps, document))
      for (const id of new Set(cites.filter((each) => own.has(each))))
        rooms.push({
          roomId,
          wordsId: id as WordsId,
          isTakenBack: takenBack.has(id),
          count: cites.filter((each) => each === id).length,
          isFixed: !isOpen,
        });
  return { rooms };
}

/** Of the words that a text quotes, those taken back since: of others, nobody learns that there were any. */
export async function takenBackIn(
  deps: Pick<Deps, 'db'>,
  { partnershipId }: Document,
  { blocks }: CanonicalSection,
): Promise<WordsId[]> {
  const takenBack = await wordsTakenBack(deps, partnershipId);
  const quoted = new Set(blocks.flatMap(({ cites }) => cites ?? []));
  return [...quoted].filter((id) => takenBack.has(id)) as WordsId[];
}

/** Shared words of a table that were taken back, for whoever shows or prints what quotes them. */
export const wordsTakenBack = async (
  { db }: Pick<Deps, 'db'>,
  partnership: PartnershipId,
): Promise<TakenBack> => new Set((await findTakenBack(db, partnership)).map(({ id }) => id));
