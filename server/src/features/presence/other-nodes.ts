import { PresenceId, type RoomId } from '@longtable/shared/ids';
import { CursorRange } from '@longtable/shared/protocol/socket/cursor';
import { z } from 'zod';
import type { RoomRelay } from '../../platform/room-relay.ts';

/** How often a node repeats all that it has in a room, for nodes that have come since or missed something. */
const WHOLE_EVERY_MS = 5_000;

/** A node that was silent for longer has gone, and its people's cursors with it. */
const SILENT_MS = 12_000;

export const Entry = z.object({ id: PresenceId, cursor: CursorRange });
export type Entry = z.infer<typeof Entry>;

/** What one node says of its people in one room. */
const Said = z.object({
  entries: z.array(Entry).max(1_000),
  gone: z.array(PresenceId).max(10_000),
  size: z.number().int().nonnegative(),
  /** Whether `entries` are all that it has. */
  isWhole: z.boolean(),
});
type Said = z.infer<typeof Said>;

interface Neighbour {
  shown: Map<PresenceId, CursorRange>;
  size: number;
  heardMs: number;
}

/** Who has a cursor in one room on other nodes, as far as this node has heard (ROOMS.md R43). */
export interface OthersInRoom {
  /** People on other nodes, with a cursor or without. */
  readonly size: number;
  /** The cursors that are there now. */
  entries(): Entry[];
  /** Says what has changed here, and all of it where it is time. */
  say(changed: { entries: Entry[]; gone: PresenceId[] }, whole: () => Entry[], size: number): void;
  /** Cursors of nodes that are silent, which are gone now. */
  takeSilent(): PresenceId[];
  close(): void;
}

export function hearOthers(
  relay: RoomRelay,
  room: RoomId,
  nowMs: () => number,
  changed: (change: { entries: Entry[]; gone: PresenceId[] }) => void,
): OthersInRoom {
  const neighbours = new Map<string, Neighbour>();
  let wholeSaidMs = -Infinity;
  let sizeSaid = 0;

  const hear = (said: Said, from: string): void => {
    const known = neighbours.get(from);
    const neighbour = known ?? { shown: new Map<PresenceId, CursorRange>(), size: 0, heardMs: 0 };
    // Somebody new has to be told who is here.
    if (!known) wholeSaidMs = -Infinity;
    const here = new Set(said.entries.map(({ id }) => id));
    const gone = said.isWhole ? [...neighbour.shown.keys()].filter((id) => !here.has(id)) : said.gone;
    for (const { id, cursor } of said.entries) neighbour.shown.set(id, cursor);
    for (const id of gone) neighbour.shown.delete(id);
    Object.assign(neighbour, { size: said.size, heardMs: nowMs() });
    if (said.size > 0) neighbours.set(from, neighbour);
    else neighbours.delete(from);
    if (said.entries.length > 0 || gone.length > 0) changed({ entries: said.entries, gone });
  };

  const end = relay.listen(room, 'presence', (_place, words, from) =>
    hear(Said.parse(JSON.parse(Buffer.from(words).toString())), from),
  );

  return {
    get size() {
      return [...neighbours.values()].reduce((sum, { size }) => sum + size, 0);
    },
    entries: () =>
      [...neighbours.values()]
        .flatMap(({ shown }) => [...shown].map(([id, cursor]) => ({ id, cursor })))
        .filter(({ cursor }) => cursor !== null),
    say({ entries, gone }, whole, size) {
      if (!relay.isShared) return;
      const isWhole = nowMs() - wholeSaidMs >= WHOLE_EVERY_MS;
      if (isWhole) wholeSaidMs = nowMs();
      else if (entries.length === 0 && gone.length === 0 && size === sizeSaid) return;
      sizeSaid = size;
      const said: Said = { entries: isWhole ? whole() : entries, gone, size, isWhole };
      relay.send(room, 'presence', {}, Buffer.from(JSON.stringify(said)));
    },
    takeSilent() {
      const gone: PresenceId[] = [];
      for (const [node, { shown, heardMs }] of neighbours) {
        if (nowMs() - heardMs < SILENT_MS) continue;
        gone.push(...shown.keys());
        neighbours.delete(node);
      }
      return gone;
    },
    close: end,
  };
}
