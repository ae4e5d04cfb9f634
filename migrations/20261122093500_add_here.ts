import type { Knex } from 'knex';

/** Where the room is. One row a partnership, without who said so or when. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table partnership_here (
      partnership_id uuid primary key references partnerships(id) on delete cascade,
      document_id uuid not null references documents(id) on delete cascade,
      section text not null
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table partnership_here;');
}
