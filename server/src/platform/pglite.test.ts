import { expect, it } from '@jest/globals';
import { createPglite, knexOverPglite } from './pglite.ts';

it('the embedded database: says when it cannot go on, and not when a statement is wrong', async () => {
  const pglite = await createPglite({});
  const panics: string[] = [];
  const db = knexOverPglite(pglite, (reason) => panics.push(reason));
  try {
    await expect(db.raw('select nothing')).rejects.toThrow();
    expect(panics).toEqual([]);
    const panic = () =>
      Promise.reject(Object.assign(new Error('could not write to log file'), { severity: 'PANIC' }));
    pglite.exec = panic;
    await expect(db.raw('select 1')).rejects.toThrow('could not write');
    pglite.query = panic;
    await expect(db.raw('select ?', [1])).rejects.toThrow('could not write');
    expect(panics).toEqual(['could not write to log file', 'could not write to log file']);
  } finally {
    await db.destroy();
    if (!pglite.closed) await pglite.close();
  }
}, 60_000);
