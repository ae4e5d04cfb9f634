import type { Database } from '../../platform/db.ts';
import type { KeyId } from '../../platform/keyring.ts';
import { roomsUnder } from '../../features/rooms/start-anew.service.ts';
import { type Finding, wrong } from './finding.ts';

/** Whoever reads this on a screen looks for the first few; the rest are named once these are mended. */
const MOST_NAMED = 20;

/** Names the rooms whose keys are missing: these cannot be opened until somebody decides. */
export async function nameLostRooms(
  { db }: Pick<Database, 'db'>,
  missing: readonly string[],
): Promise<Finding[]> {
  if (missing.length === 0) return [];
  const rooms = await roomsUnder(db, missing as readonly KeyId[]);
  if (rooms.length === 0) return [];
  const named = rooms
    .slice(0, MOST_NAMED)
    .map(
      ({ id, kind, section, circle_id }) =>
        `${id} (${kind}, ${section}, ${circle_id ? 'of one circle' : 'joint'})`,
    );
  const more = rooms.length > MOST_NAMED ? `, and ${rooms.length - MOST_NAMED} more` : '';
  return [
    wrong(
      'Rooms',
      `${rooms.length} cannot be opened, because their keys are missing: ${named.join(', ')}${more}. ` +
        'This happens when a database is restored from before words were forgotten there. Put the keys back if you have them. ' +
        'Where people still see the text, export it before you stop the server: it can be read as long as that runs. ' +
        'To give these words up, stop the server and empty each room with: npm run longtable -- rooms start-anew ID',
    ),
  ];
}
