import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { root } from './lib/fresh.mjs';

/** A limit that nothing keeps is a promise that nobody keeps. So each has a test that names it, or stands here. */
const KEPT_IN = {
  MAX_PUSH_CLOCKS: 'server/src/features/rooms/inspect-update.ts',
  MAX_PUSH_CLIENTS: 'server/src/features/rooms/inspect-update.ts',
  MAX_PUSH_DELETE_RANGES: 'server/src/features/rooms/inspect-update.ts',
  MAX_PUSH_VALUES: 'server/src/features/rooms/walk-update.ts',
  MAX_ROOM_BYTES: 'server/src/features/rooms/live-room.ts',
  MAX_BLOCKS: 'shared/src/documents/model/check.ts',
  MAX_INDENT: 'shared/src/documents/model/check.ts',
  MAX_HREF_CHARACTERS: 'shared/src/documents/model/check.ts',
  MAX_JOIN_ROOMS: 'shared/src/protocol/socket/join.ts',
  MAX_TICKETS: 'shared/src/protocol/socket/join.ts',
  MAX_TICKET_CHARACTERS: 'shared/src/protocol/socket/join.ts',
  MAX_STATE_VECTOR_BYTES: 'shared/src/protocol/socket/join.ts',
  MAX_CURSOR_BYTES: 'shared/src/protocol/socket/cursor.ts',
  MAX_PRESENCE_ENTRIES: 'server/src/features/presence/presence.sockets.ts',
  MAX_PUSHES_PER_SECOND: 'server/src/features/rooms/rooms.sockets.ts',
  MAX_JOINS_PER_SECOND: 'server/src/features/rooms/rooms.sockets.ts',
  MAX_WORK_MS_PER_SECOND: 'server/src/features/rooms/rooms.sockets.ts',
  MAX_WORK_SAVED_MS: 'server/src/features/rooms/rooms.sockets.ts',
  JOIN_MS_PER_CHARACTER: 'server/src/features/rooms/rooms.sockets.ts',
  REFUSED_PUSH_MS: 'server/src/features/rooms/rooms.sockets.ts',
  MAX_UNREAD_MESSAGES: 'server/src/platform/readers.ts',
  MAX_NAME_CHARACTERS: 'shared/src/protocol/http/circles.ts',
  MAX_TITLE_CHARACTERS: 'shared/src/protocol/http/partnerships.ts',
  MAX_CODE_USES: 'shared/src/protocol/http/circles.ts',
  MAX_TABLE_CARDS: 'shared/src/protocol/http/table-cards.ts',
  NEW_DEVICES_AT_ONCE: 'server/src/features/people/people.routes.ts',
  NEW_DEVICES_PER_SECOND: 'server/src/features/people/people.routes.ts',
  MIN_PIN_FIGURES: 'shared/src/protocol/http/phone.ts',
  MAX_PIN_FIGURES: 'shared/src/protocol/http/phone.ts',
  MAX_RETURN_CHARACTERS: 'shared/src/protocol/http/returns.ts',
  MAX_SUPPORT_CHARACTERS: 'shared/src/protocol/http/heard.ts',
  MAX_REASON_CHARACTERS: 'shared/src/protocol/http/rounds.ts',
  MAX_STATEMENT_CHARACTERS: 'shared/src/protocol/http/partners.ts',
  MAX_REVIEW_MONTHS: 'shared/src/protocol/http/rounds.ts',
  MAX_NOTE_LINE_CHARACTERS: 'shared/src/protocol/http/notes.ts',
};

const limits = readFileSync(join(root, 'shared/src/limits.ts'), 'utf8');
const names = [...limits.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);

/** What each file says without its imports, which do nothing, and its comments. */
const bodies = new Map();
const bodyOf = (path) => {
  if (!bodies.has(path)) {
    const text = readFileSync(join(root, path), 'utf8');
    bodies.set(path, text.replaceAll(/^import [^;]*;$/gm, '').replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ''));
  }
  return bodies.get(path);
};
const uses = (path, name) => new RegExp(`\\b${name}\\b`).test(bodyOf(path));

const filesIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`);
const code = ['shared/src', 'server/src', 'client/src'].flatMap(filesIn);
const tests = code.filter((file) => /\.(test|contract)\.tsx?$/.test(file));
const sources = code.filter(
  (file) => /\.tsx?$/.test(file) && !/\.(test|contract)\.|\/testing\/|\/limits\.ts$/.test(file),
);

it('finds the limits', () => expect(names.length).toBeGreaterThan(50));

it.each(names)(
  '%s has a reason, and is kept by a test that names it or by the place that is listed here',
  (name) => {
    const above = limits.slice(0, limits.indexOf(`export const ${name} `));
    // Two that belong together may share one.
    expect(above).toMatch(/\*\/\n(export const \w+ = [\d_]+;\n)?$/);
    expect(sources.filter((file) => uses(file, name))).not.toEqual([]);
    const place = KEPT_IN[name];
    if (place === undefined) expect(tests.filter((file) => uses(file, name))).not.toEqual([]);
    else expect([place, uses(place, name)]).toEqual([place, true]);
  },
);

it('lists no limit that is none', () =>
  expect(Object.keys(KEPT_IN).filter((name) => !names.includes(name))).toEqual([]));
