import type { Knex } from 'knex';

/**
 * Organisations that are invited to a table. What they are called and say is sealed with the partnership's key,
 * what a circle answers with its own. No seat, and no time finer than a day.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table partners (
      id uuid primary key,
      partnership_id uuid not null references partnerships(id) on delete cascade,
      state text not null check (state in ('invited', 'asking', 'agreed')),
      about_sealed bytea not null,
      statement_sealed bytea,
      code_hash bytea unique,
      expires_on date,
      session_id uuid references device_sessions(id) on delete set null,
      circle_id uuid references circles(id) on delete set null
    );
    create index partners_by_partnership on partners (partnership_id);
    create index partners_by_session on partners (session_id);

    create table partner_answers (
      partner_id uuid not null references partners(id) on delete cascade,
      circle_id uuid not null references circles(id) on delete cascade,
      answer_sealed bytea,
      primary key (partner_id, circle_id)
    );

    alter table circles add column labels_sealed bytea;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table partner_answers, partners; alter table circles drop column labels_sealed;');
}
