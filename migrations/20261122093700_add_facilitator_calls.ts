import type { Knex } from 'knex';

/** Circles that agree to a new facilitator, for when the last one is lost. No seat and no day. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table facilitator_calls (
      circle_id uuid primary key references circles(id) on delete cascade
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table facilitator_calls;');
}
