import type { Knex } from 'knex';

/**
 * A circle to which nobody can come back ends when every other one agrees; its rows and its key stay as they are. Who
 * asked is not kept, nor any day: of the other circles only that they agree, and of the answer only that there is one.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table circles add column is_ended boolean not null default false;

    create table anew_asks (
      circle_id uuid primary key references circles(id) on delete cascade,
      is_answered boolean not null default false
    );

    create table anew_agreements (
      about_id uuid not null references anew_asks(circle_id) on delete cascade,
      circle_id uuid not null references circles(id) on delete cascade,
      primary key (about_id, circle_id)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table anew_agreements, anew_asks; alter table circles drop column is_ended;');
}
