import type { Knex } from 'knex';

/**
 * Longtable's first shape. Columns named `*_sealed` hold AES-256-GCM ciphertext (key id, nonce and tag
 * inside); what they protect never stands in clear in any table, log or index. Rows about people carry
 * days, never instants, and random ids, so that nothing here tells who did what when.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table partnerships (
      id uuid primary key,
      key_id uuid not null,
      title_sealed bytea not null,
      template text not null,
      locales text[] not null,
      created_on date not null
    );

    create table circles (
      id uuid primary key,
      partnership_id uuid not null references partnerships(id) on delete cascade,
      number integer not null,
      key_id uuid not null,
      name_sealed bytea,
      kind_sealed bytea,
      unique (partnership_id, number)
    );

    create table device_sessions (
      id uuid primary key,
      token_hash bytea not null unique,
      created_on date not null,
      expires_on date not null
    );

    create table seats (
      id uuid primary key,
      session_id uuid references device_sessions(id) on delete set null,
      partnership_id uuid not null references partnerships(id) on delete cascade,
      circle_id uuid references circles(id) on delete cascade,
      role text not null check (role in ('facilitator', 'member')),
      state text not null check (state in ('waiting', 'seated', 'refused', 'left')),
      handle_sealed bytea not null,
      created_on date not null,
      check ((role = 'member') = (circle_id is not null))
    );
    create index seats_by_session on seats (session_id);
    create index seats_by_circle on seats (circle_id);

    create table grants (
      id uuid primary key,
      seat_id uuid not null references seats(id) on delete cascade,
      partnership_id uuid not null references partnerships(id) on delete cascade,
      circle_id uuid references circles(id) on delete cascade,
      can_write boolean not null,
      is_revoked boolean not null default false
    );
    create unique index grants_by_seat on grants (seat_id, partnership_id, circle_id) nulls not distinct;

    create table codes (
      id uuid primary key,
      circle_id uuid not null references circles(id) on delete cascade,
      code_hash bytea not null unique,
      is_founding boolean not null,
      uses_left integer not null check (uses_left >= 0),
      expires_on date not null
    );
    create index codes_by_circle on codes (circle_id);

    create table documents (
      id uuid primary key,
      partnership_id uuid not null references partnerships(id) on delete cascade,
      kind text not null,
      unique (partnership_id, kind)
    );

    create table rooms (
      id uuid primary key,
      document_id uuid not null references documents(id) on delete cascade,
      section text not null,
      circle_id uuid references circles(id) on delete cascade,
      key_id uuid not null,
      lineage uuid not null,
      epoch integer not null default 1,
      is_open boolean not null default true,
      head_seq bigint not null default 0,
      snapshot_seq bigint not null default 0,
      snapshot_sealed bytea
    );
    create unique index rooms_by_place on rooms (document_id, section, circle_id) nulls not distinct;

    create table room_updates (
      room_id uuid not null references rooms(id) on delete cascade,
      seq bigint not null,
      update_sealed bytea not null,
      primary key (room_id, seq)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table room_updates, rooms, documents, codes, grants, seats, device_sessions, circles, partnerships;
  `);
}
