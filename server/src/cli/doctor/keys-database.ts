import { knexOverPostgres } from '../../platform/postgres.ts';
import { MAC_PURPOSES } from '../../platform/sealing.ts';
import { checkDurability, hasTable, rows } from './database.ts';
import { codeOf, type Finding, look, ok, wrong } from './finding.ts';

const ABOUT = 'Keys';
export const RESTORE_KEYS =
  'Restore the keys database from your copy, or set KEYS_DATABASE_URL to the right one: without the keys these words cannot be read.';

export interface KeysFound {
  findings: Finding[];
  /** Of the keys that are needed. */
  missing: string[];
}

/** Changes nothing there. `needed` is null where the database of the words could not be asked. */
export async function checkKeysDatabase(url: string, needed: ReadonlySet<string> | null): Promise<KeysFound> {
  const db = knexOverPostgres(url, 1);
  try {
    if (await hasTable(db, 'partnerships'))
      return onlyWrong(
        'KEYS_DATABASE_URL leads to the database that holds the words. Make a second database for the keys.',
      );
    const findings: Finding[] = [
      ok(ABOUT, 'the keys database answers, apart from the words.'),
      { ...(await checkDurability(db)), about: 'Power cuts (keys)' },
    ];
    const isMade = await hasTable(db, 'longtable_secrets');
    const purposes = isMade
      ? (await rows<{ purpose: string }>(db, 'select purpose from longtable_secrets')).map(
          ({ purpose }) => purpose,
        )
      : [];
    findings.push(checkSecrets(purposes, needed));
    const missing = needed ? await missingOf(isMade ? db : null, needed) : [];
    if (needed) findings.push(presenceOf(missing.length, needed.size));
    return { findings, missing };
  } catch (error) {
    return onlyWrong(
      `the keys database does not answer (${codeOf(error)}). Check that PostgreSQL runs there and that KEYS_DATABASE_URL is right.`,
    );
  } finally {
    await db.destroy();
  }
}

function checkSecrets(purposes: readonly string[], needed: ReadonlySet<string> | null): Finding {
  const about = 'Secrets for codes and seats';
  const lacking = MAC_PURPOSES.filter((purpose) => !purposes.includes(purpose));
  if (lacking.length === 0) return ok(about, 'all are there.');
  if (purposes.length === 0 && !needed?.size)
    return look(about, 'there are none yet. The first start makes them.');
  return wrong(
    about,
    `missing: ${lacking.join(', ')}. Without them printed codes and open seats end. ${RESTORE_KEYS}`,
  );
}

const onlyWrong = (says: string): KeysFound => ({ findings: [wrong(ABOUT, says)], missing: [] });

async function missingOf(
  db: ReturnType<typeof knexOverPostgres> | null,
  needed: ReadonlySet<string>,
): Promise<string[]> {
  const there = new Set(
    db && needed.size > 0
      ? await db('longtable_keys')
          .whereRaw('id = any(?::uuid[])', [[...needed]] as never)
          .pluck<string[]>('id')
      : [],
  );
  return [...needed].filter((id) => !there.has(id));
}

function presenceOf(missing: number, needed: number): Finding {
  const about = 'Keys of the words';
  return missing > 0
    ? wrong(
        about,
        `${missing} of the ${needed} that the database needs are not in the keys database. ${RESTORE_KEYS}`,
      )
    : ok(about, `all ${needed} that the database needs are there.`);
}
