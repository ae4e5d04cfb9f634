import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { RoomId } from '@longtable/shared/ids';
import { openDeps } from '../compose.ts';
import { readEnv } from '../env.ts';
import { roomsOfDocument } from '../features/rooms/rooms.service.ts';
import { startPartnership } from '../testing/factories.ts';
import { examine } from './doctor.ts';
import { startAnew } from './rooms.ts';

jest.setTimeout(60_000);

let folder: string;
const at = (name: string) => path.join(folder, name);
const settings = () => ({
  DATA_DIR: at('data'),
  KEYS_DIR: at('keys'),
  PUBLIC_URL: 'https://table.example.org',
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'longtable-cli-rooms-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const wrongs = async () =>
  (await examine(settings()))
    .filter(({ verdict }) => verdict === 'wrong')
    .map(({ about, says }) => `${about}: ${says}`)
    .join('\n');

/** One table; the room of one section and the file with its key. */
async function setTable(): Promise<{ room: RoomId; keyFile: string }> {
  const { deps, closing } = await openDeps(readEnv(settings()), () => {});
  const { documents } = await startPartnership(deps);
  const [section] = await roomsOfDocument(deps, { id: documents.definition, kind: 'definition' }, null);
  const room = section!.rooms.partnership;
  const { key_id } = (await deps.db('rooms').where({ id: room }).first('key_id')) as { key_id: string };
  for (const step of closing) await step.close();
  return { room, keyFile: at(`keys/${key_id}.key`) };
}

it('names the room whose key is gone, and empties it where the host says so', async () => {
  const { room, keyFile } = await setTable();
  expect(await wrongs()).toBe('');
  await rename(keyFile, at('away'));
  expect(await wrongs()).toMatch(
    new RegExp(`Rooms: 1 cannot be opened, .*${room} \\(definition, .*, joint\\).*rooms start-anew ID`),
  );
  // Looking changes nothing: the key that is put back opens what it sealed.
  await rename(at('away'), keyFile);
  expect(await wrongs()).toBe('');

  await rename(keyFile, at('away'));
  const said: string[] = [];
  await startAnew(readEnv(settings()), room, (sentence) => said.push(sentence));
  expect(said.join()).toContain('can be written in again');
  expect(await wrongs()).toBe('');
  await expect(startAnew(readEnv(settings()), room, () => {})).rejects.toThrow(/can be read, so nothing/);
  await expect(startAnew(readEnv(settings()), 'no-id', () => {})).rejects.toThrow(/named by its id/);
});
