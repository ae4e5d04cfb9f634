import { test as base } from '@playwright/test';
import { People } from './people.ts';
import { type RunningServer, type ServerOptions, startServer } from './server.ts';

/** Every person in a test comes from here, so that nobody's browser goes unwatched. */
export const test = base.extend<{ people: People }>({
  people: async ({ browser }, use) => {
    const people = new People(browser);
    await use(people);
    await people.leave();
  },
});

export { expect } from '@playwright/test';

/** A server of this file's own, on fresh folders, from before its first test until after its last. */
export function ownServer(options: () => ServerOptions | Promise<ServerOptions> = () => ({})): {
  readonly now: RunningServer;
} {
  let running: RunningServer | undefined;
  test.beforeAll(async () => {
    running = await startServer(await options());
  });
  test.afterAll(async () => {
    await running?.stop();
    running = undefined;
  });
  return {
    get now() {
      if (!running) throw new Error('the server runs only during tests');
      return running;
    },
  };
}
