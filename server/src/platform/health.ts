import type { Express } from 'express';
import type { Knex } from 'knex';

/** A database that takes longer than this cannot carry people's typing. */
const READY_WITHIN_MS = 2_000;

/** `/healthz`: the process lives. `/readyz`: it can do its work. */
export function registerHealth(app: Express, db: Knex): void {
  app.get('/healthz', (_req, res) => {
    res.type('text/plain').send('ok');
  });
  app.get('/readyz', async (_req, res) => {
    const isReady = await answersWithin(db, READY_WITHIN_MS);
    res
      .status(isReady ? 200 : 503)
      .type('text/plain')
      .send(isReady ? 'ready' : 'the database does not answer');
  });
}

export async function answersWithin(db: Knex, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const answered = db.raw('select 1').then(
    () => true,
    () => false,
  );
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([answered, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
