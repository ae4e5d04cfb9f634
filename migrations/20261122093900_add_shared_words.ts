import type { Knex } from 'knex';

/**
 * What a circle has put before the others of its own draft of a section, or that it passes. Sealed with a key
 * of its own, so that taking it back destroys every copy. No seat and no day.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table shared_words (
      id uuid primary key,
      document_id uuid not null references documents(id) on delete cascade,
      section text not null,
      circle_id uuid not null references circles(id) on delete cascade,
      version integer not null,
      key_id uuid not null,
      said_sealed bytea not null,
      unique (document_id, section, circle_id)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table shared_words;');
}
