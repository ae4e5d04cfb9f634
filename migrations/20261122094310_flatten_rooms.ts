import type { Knex } from 'knex';

/**
 * Up to which sequence a room is flat, and what the upkeep noticed of it: the sequence at which it found the room
 * quiet, since which day, and the day on which it last tried. Days, never instants: they tell of a room, not of when
 * somebody wrote.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table rooms
      add column flat_seq bigint not null default 0,
      add column quiet_seq bigint,
      add column quiet_on date,
      add column tried_on date;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table rooms drop column flat_seq, drop column quiet_seq, drop column quiet_on, drop column tried_on;
  `);
}
