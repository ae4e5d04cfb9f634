import type { Knex } from 'knex';

/**
 * Which shared words were taken back, so that what quotes them can leave a gap: in joint text that could not be
 * changed then, and in versions that circles agreed to, which never change. Ids only: the words are gone.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table words_taken_back (
      id uuid primary key,
      document_id uuid not null references documents(id) on delete cascade,
      section text not null,
      circle_id uuid not null references circles(id) on delete cascade
    );
    create index words_taken_back_by_document on words_taken_back (document_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table words_taken_back;');
}
