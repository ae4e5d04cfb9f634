import type { Person } from './person.ts';

/** Once: it reaches the server; what the server says to it does not come back. */
export const loseAnswer = (person: Person, path: string) =>
  person.page.route(
    path,
    async (route) => {
      const cookies = await person.context.cookies();
      await route.fetch();
      await person.context.addCookies(cookies);
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
