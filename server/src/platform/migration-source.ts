import { readdir } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import path from 'node:path';
import type { Knex } from 'knex';

/**
 * Migrations by name without extension: knex records names, and `.ts` in development against `.js` in
 * production would read as a corrupt folder.
 */
export function createMigrationSource(): Knex.MigrationSource<string> {
  const isSource = import.meta.url.endsWith('.ts');
  const extension = isSource ? '.ts' : '.js';
  const folder = fileURLToPath(
    new URL(isSource ? '../../../migrations/' : '../../../migrations/dist/', import.meta.url),
  );
  const pattern = new RegExp(`^\\d{14}_[a-z0-9_]+\\${extension}$`);
  return {
    getMigrations: async () =>
      (await readdir(folder))
        .filter((file) => pattern.test(file))
        .map((file) => file.slice(0, -extension.length))
        .sort(),
    getMigrationName: (name) => name,
    getMigration: async (name) =>
      (await import(pathToFileURL(path.join(folder, name + extension)).href)) as Knex.Migration,
  };
}
