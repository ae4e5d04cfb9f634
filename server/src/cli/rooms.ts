import { LongtableError } from '@longtable/shared/errors';
import { RoomId } from '@longtable/shared/ids';
import { Command } from 'commander';
import { openDeps } from '../compose.ts';
import { type Env, readEnv } from '../env.ts';
import { startRoomAnew } from '../features/rooms/start-anew.service.ts';
import { createShutdown } from '../platform/shutdown.ts';
import { StartupError } from '../platform/startup-error.ts';
import { orExplain } from '../server.ts';

type Say = (sentence: string) => void;

/** `longtable rooms start-anew <room>`: gives up words whose key is gone, so that people can write there again. */
export function roomsCommand(): Command {
  const rooms = new Command('rooms').description('look after the rooms that people write in');
  rooms
    .command('start-anew')
    .description(
      'empty a room whose key is gone, so that people can write there again; deletes its sealed words',
    )
    .argument('<room>', 'the id of the room, as "longtable doctor" names it')
    .action((room: string) =>
      orExplain(() => startAnew(readEnv(), room, (sentence) => void process.stdout.write(`${sentence}\n`))),
    );
  return rooms;
}

/** @throws StartupError where there is no such room, or its words can be read */
export async function startAnew(env: Env, name: string, say: Say): Promise<void> {
  const room = RoomId.safeParse(name);
  if (!room.success) throw new StartupError('The room is named by its id, as "longtable doctor" writes it.');
  const { deps, closing } = await openDeps(env, say);
  try {
    await startRoomAnew(deps, room.data);
    say(`The room ${room.data} is empty and can be written in again.`);
  } catch (error) {
    throw error instanceof LongtableError ? new StartupError(sentenceOf(error, room.data)) : error;
  } finally {
    await createShutdown(closing, deps.logger)();
  }
}

const sentenceOf = ({ code }: LongtableError, room: RoomId): string =>
  code === 'notFound'
    ? `There is no room ${room}.`
    : `The key of the room ${room} is there and its words can be read, so nothing was changed.`;
