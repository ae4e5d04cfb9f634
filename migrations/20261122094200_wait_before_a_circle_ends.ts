import type { Knex } from 'knex';

/**
 * Whether anybody is left in a circle is looked at only some time after all others agreed, and once a day. An open
 * question has the instant from which it may be looked at, which says nothing about a person; one that was answered
 * has the day alone, and is deleted after it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from anew_asks where is_answered;
    alter table anew_asks drop column is_answered, add column looks_from_ms bigint, add column answered_on date;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from anew_asks where answered_on is not null;
    alter table anew_asks
      drop column looks_from_ms, drop column answered_on, add column is_answered boolean not null default false;
  `);
}
