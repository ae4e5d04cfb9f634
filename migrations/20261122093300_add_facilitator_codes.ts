import type { Knex } from 'knex';

/** One code at a time for a further facilitator's seat; it opens once. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table facilitator_codes (
      partnership_id uuid primary key references partnerships(id) on delete cascade,
      code_hash bytea not null unique,
      expires_on date not null
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table facilitator_codes;');
}
