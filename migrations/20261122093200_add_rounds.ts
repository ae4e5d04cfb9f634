import type { Knex } from 'knex';

/**
 * Consent rounds. Who said what stands sealed: the round's state with the partnership's key, each circle's
 * words with its own, each version with a key of its own. No seat, and no time finer than a day.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table rounds (
      id uuid primary key,
      document_id uuid not null references documents(id) on delete cascade,
      number integer not null,
      opened_on date not null,
      review_months integer not null check (review_months between 1 and 12),
      is_closed boolean not null default false,
      state_sealed bytea not null,
      unique (document_id, number)
    );

    create table round_sections (
      round_id uuid not null references rounds(id) on delete cascade,
      section text not null,
      room_id uuid not null references rooms(id) on delete cascade,
      agreed_on date,
      review_on date,
      primary key (round_id, section)
    );

    create table round_versions (
      id uuid primary key,
      round_id uuid not null,
      section text not null,
      number integer not null,
      key_id uuid not null,
      content_sealed bytea not null,
      salt_sealed bytea not null,
      hash bytea not null,
      made_on date not null,
      foreign key (round_id, section) references round_sections(round_id, section) on delete cascade,
      unique (round_id, section, number)
    );

    create table round_answers (
      round_id uuid not null,
      section text not null,
      version integer not null,
      circle_id uuid not null references circles(id) on delete cascade,
      said_sealed bytea not null,
      foreign key (round_id, section) references round_sections(round_id, section) on delete cascade,
      primary key (round_id, section, version, circle_id)
    );

    create table circle_rules (
      circle_id uuid primary key references circles(id) on delete cascade,
      rule_sealed bytea not null
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table circle_rules, round_answers, round_versions, round_sections, rounds;');
}
