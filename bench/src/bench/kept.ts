import type { BenchClient, BenchRoom } from './clients/client.ts';
import { paragraphCount, paragraphOf } from './paragraphs.ts';
import type { BenchServer } from './servers.ts';
import { pause, until } from './wait.ts';

/** A reader that has joined holds everything; a moment more costs nothing and leaves no doubt. */
const READ_MS = 500;

export const charactersIn = ({ doc }: BenchClient): number =>
  Array.from({ length: paragraphCount(doc) }, (_, index) => paragraphOf(doc, index).length).reduce(
    (sum, length) => sum + length,
    0,
  );

/** What a new page is given by a server that was killed and has been started again. */
export async function charactersKept(server: BenchServer, room: BenchRoom): Promise<number> {
  await server.start();
  const reader = room.connect({ presence: false });
  try {
    await until(() => reader.isReady(), 'someone to come back');
    await pause(READ_MS);
    return charactersIn(reader);
  } finally {
    reader.close();
  }
}
