import { Redis } from 'ioredis';
import { codeOf, type Finding, look, ok } from './finding.ts';

const ABOUT = 'Redis';
const ANSWER_MS = 3_000;

/** Never wrong: without it everything works, a second or two later between nodes. */
export async function checkRedis(url: string): Promise<Finding> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: ANSWER_MS,
    commandTimeout: ANSWER_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: unknown;
  client.on('error', (error) => (reason ??= error));
  try {
    await client.connect();
    await client.ping();
    return ok(ABOUT, 'it answers: nodes hear of each other at once.');
  } catch (error) {
    return look(
      ABOUT,
      `it does not answer (${codeOf(reason ?? error)}). Nothing is lost, but between nodes words take a second or two. ` +
        'Check that it runs and that REDIS_URL is right.',
    );
  } finally {
    client.disconnect();
  }
}
