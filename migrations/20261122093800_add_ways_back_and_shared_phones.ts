import type { Knex } from 'knex';

/**
 * Ways back to a seat, and several people on one device, each behind a PIN. Keyed hashes only, and no day:
 * nothing tells when somebody chose a PIN, came back or passed the phone on.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table phone_holders (
      id uuid primary key,
      session_id uuid not null references device_sessions(id) on delete cascade,
      pin_hash bytea not null,
      unique (session_id, pin_hash)
    );

    alter table device_sessions
      add column is_shared boolean not null default false,
      add column open_holder_id uuid references phone_holders(id) on delete set null,
      add column previous_token_hash bytea unique;

    alter table seats add column holder_id uuid references phone_holders(id) on delete set null;
    create index seats_by_holder on seats (holder_id);

    create table ways_back (
      seat_id uuid not null references seats(id) on delete cascade,
      kind text not null check (kind in ('card', 'words')),
      code_hash bytea not null unique,
      primary key (seat_id, kind)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table ways_back;
    alter table seats drop column holder_id;
    alter table device_sessions drop column is_shared, drop column open_holder_id, drop column previous_token_hash;
    drop table phone_holders;
  `);
}
