import type { Knex } from 'knex';

/** Names by which the command line knows a document, such as `demo-plan`. No secret: they name what the demo made. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table document_names (
      name text primary key,
      document_id uuid not null references documents(id) on delete cascade
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table document_names;');
}
