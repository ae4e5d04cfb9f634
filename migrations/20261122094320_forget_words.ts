import type { Knex } from 'knex';

/**
 * Words that were taken back, which a room must forget once they stand in it no more, and the key that is still to be
 * destroyed after a room has moved to a new one: written down, so that a kill between two steps leaves neither undone.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table rooms add column forgets uuid[], add column old_key_id uuid;
    create index rooms_that_forget on rooms (id) where forgets is not null or old_key_id is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table rooms drop column forgets, drop column old_key_id;');
}
