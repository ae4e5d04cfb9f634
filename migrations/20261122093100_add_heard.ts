import type { Knex } from 'knex';

/**
 * What a circle marks of itself on a section, and whom it chose for support, sealed with the circle's own
 * key. No seat and no day: a mark is its circle's, whoever set it and whenever.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table heard_marks (
      document_id uuid not null references documents(id) on delete cascade,
      section text not null,
      circle_id uuid not null references circles(id) on delete cascade,
      mark_sealed bytea not null,
      primary key (circle_id, document_id, section)
    );
    create index heard_marks_by_document on heard_marks (document_id);

    create table circle_supports (
      circle_id uuid primary key references circles(id) on delete cascade,
      support_sealed bytea not null
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table heard_marks, circle_supports;');
}
