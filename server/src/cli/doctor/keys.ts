import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PartnershipId } from '@longtable/shared/ids';
import { readPartnership } from '../../features/partnerships/partnerships.service.ts';
import type { Env } from '../../env.ts';
import type { Database } from '../../platform/db.ts';
import { createLogger } from '../../platform/logger.ts';
import { openKeyring } from '../../platform/open-keyring.ts';
import { KEY_BYTES, MAC_PURPOSES } from '../../platform/sealing.ts';
import { hasTable, rows } from './database.ts';
import { codeOf, type Finding, look, ok, wrong } from './finding.ts';
import { nameLostRooms } from './lost-rooms.ts';
import { checkKeysDatabase, RESTORE_KEYS } from './keys-database.ts';

const ABOUT = 'Keys';
const PUT_BACK = 'Put the folder back from your copy of the keys: without them these words cannot be read.';

/** Where the keys are, and where the database can be looked into, whether every key that sealed something is there and fits. */
export async function checkKeys(env: Env, database: Database | null): Promise<Finding[]> {
  const needed = database ? await neededKeys(database.db) : null;
  if (env.keysDatabaseUrl === undefined) return checkKeysFolder(env, database, needed);
  const { findings, missing } = await checkKeysDatabase(env.keysDatabaseUrl, needed);
  if (database) findings.push(...(await nameLostRooms(database, missing)));
  if (database && needed?.size && findings.every(({ verdict }) => verdict !== 'wrong'))
    findings.push(await checkFit(env, database));
  return findings;
}

async function checkKeysFolder(
  env: Env,
  database: Database | null,
  needed: ReadonlySet<string> | null,
): Promise<Finding[]> {
  const { keysDir } = env;
  let files: string[];
  try {
    files = await readdir(keysDir);
  } catch (error) {
    const isNew = (error as NodeJS.ErrnoException).code === 'ENOENT' && !needed?.size;
    return [
      isNew
        ? look(ABOUT, `there is no folder ${keysDir} yet. The first start makes it: npm start`)
        : wrong(
            ABOUT,
            `the folder ${keysDir} cannot be read (${codeOf(error)}). Set KEYS_DIR to the one that has them.`,
          ),
    ];
  }
  const findings = [await checkFolder(keysDir), await checkSecrets(keysDir, files)];
  if (database && needed) {
    findings.push(await checkPresence(keysDir, files, needed));
    findings.push(...(await nameLostRooms(database, notAmong(files, needed))));
  }
  // Opening the keyring makes what is missing, and a look should make nothing.
  if (database && needed?.size && findings.every(({ verdict }) => verdict !== 'wrong'))
    findings.push(await checkFit(env, database));
  return findings;
}

async function checkFolder(folder: string): Promise<Finding> {
  try {
    await rm(await mkdtemp(path.join(folder, '.doctor-')), { recursive: true });
  } catch (error) {
    return wrong(
      ABOUT,
      `nothing can be written in ${folder} (${codeOf(error)}). Every new table needs new keys: give this user the right to write there.`,
    );
  }
  return ((await stat(folder)).mode & 0o077) === 0
    ? ok(ABOUT, `the folder ${folder} is for this user alone, apart from the data.`)
    : look(ABOUT, `others on this computer can look into ${folder}. Close it: chmod 700 ${folder}`);
}

async function checkSecrets(folder: string, files: readonly string[]): Promise<Finding> {
  const about = 'Secrets for codes and seats';
  const names = MAC_PURPOSES.map((purpose) => `${purpose}.secret`);
  const present = names.filter((name) => files.includes(name));
  if (present.length === 0 && !files.some((name) => name.endsWith('.key')))
    return look(about, 'there are none yet. The first start makes them.');
  const bad = await withWrongSize(folder, present);
  const lacking = [...names.filter((name) => !present.includes(name)), ...bad];
  return lacking.length > 0
    ? wrong(
        about,
        `missing or damaged: ${lacking.join(', ')}. Without them printed codes and open seats end. ${PUT_BACK}`,
      )
    : ok(about, 'all are there.');
}

function notAmong(files: readonly string[], needed: ReadonlySet<string>): string[] {
  const there = new Set(files);
  return [...needed].filter((id) => !there.has(`${id}.key`));
}

async function checkPresence(
  folder: string,
  files: readonly string[],
  needed: ReadonlySet<string>,
): Promise<Finding> {
  const about = 'Keys of the words';
  const missing = notAmong(files, needed);
  if (missing.length > 0)
    return wrong(
      about,
      `${missing.length} of the ${needed.size} that the database needs are not in ${folder}. ${PUT_BACK}`,
    );
  const damaged = await withWrongSize(
    folder,
    [...needed].map((id) => `${id}.key`),
  );
  return damaged.length > 0
    ? wrong(about, `${damaged.length} of ${needed.size} are damaged, such as ${damaged[0]}. ${PUT_BACK}`)
    : ok(about, `all ${needed.size} that the database needs are there.`);
}

/** Another server has keys too; only opening something tells. */
async function checkFit(env: Env, { db }: Database): Promise<Finding> {
  const about = 'Reading';
  const keyring = await openKeyring(env, { mayBeNew: false, logger: createLogger({ level: 'silent' }) });
  try {
    const [first] = await rows<{ id: PartnershipId }>(db, 'select id from partnerships limit 1');
    if (first) await readPartnership({ db, keyring }, first.id);
    return ok(about, 'what is sealed opens with its key.');
  } catch (error) {
    return wrong(
      about,
      `what is sealed does not open with its key (${codeOf(error)}). ${env.keysDatabaseUrl ? RESTORE_KEYS : PUT_BACK}`,
    );
  } finally {
    await keyring.close();
  }
}

/** Every table that seals with a key of its own says so in a column of this name. */
async function neededKeys(db: Database['db']): Promise<ReadonlySet<string>> {
  const needed = new Set<string>();
  if (!(await hasTable(db, 'partnerships'))) return needed;
  const tables = await rows<{ name: string }>(
    db,
    "select table_name as name from information_schema.columns where column_name = 'key_id' and table_schema = current_schema()",
  );
  for (const { name } of tables) {
    const found = await db(name).whereNotNull('key_id').distinct('key_id').pluck<string[]>('key_id');
    for (const id of found) needed.add(id);
  }
  return needed;
}

async function withWrongSize(folder: string, names: readonly string[]): Promise<string[]> {
  const bad: string[] = [];
  for (const name of names) {
    const size = await stat(path.join(folder, name)).then(
      (found) => found.size,
      () => -1,
    );
    if (size !== KEY_BYTES) bad.push(name);
  }
  return bad;
}
