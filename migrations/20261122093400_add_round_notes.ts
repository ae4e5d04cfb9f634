import type { Knex } from 'knex';

/**
 * Notes beside the words of a round: what they say, whose they are and what came of them is sealed with the
 * partnership's key. No seat, no circle, no day; ordered by their random ids.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table round_notes (
      id uuid primary key,
      round_id uuid not null,
      section text not null,
      note_sealed bytea not null,
      mark_sealed bytea,
      foreign key (round_id, section) references round_sections(round_id, section) on delete cascade
    );
    create index round_notes_by_section on round_notes (round_id, section);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table round_notes;');
}
