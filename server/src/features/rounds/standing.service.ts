import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { Standing } from '@longtable/shared/protocol/http/standing';
import type { Deps } from '../../platform/deps.ts';
import { readTable } from '../documents/documents.service.ts';
import type { Seat } from '../people/people.service.ts';
import { readHeard } from './heard.service.ts';

/** Where every section of a table stands. The same for every seat: nothing in it is inside a circle. */
export async function readStanding(deps: Pick<Deps, 'db' | 'keyring'>, seat: Seat): Promise<Standing> {
  const { circles, documents } = await readTable(deps, seat);
  const asked = circles.filter((circle) => circle.isSeated);
  const heard = await readHeard(deps, documents.map(({ id }) => id));
  return {
    documents: documents.map(({ id, kind }) => ({
      id,
      kind,
      sections: templateFor(kind).sections.map(({ key, isStarred }) => ({
        section: key,
        heard: isStarred ? asked.map((circle) => ({ circleId: circle.id, isHeard: heard.isHeard(id, key, circle.id) })) : [],
      })),
    })),
  };
}
