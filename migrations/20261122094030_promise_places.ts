import type { Knex } from 'knex';

/**
 * A circle that was made for an invited organisation is founded by that organisation and by nobody else. Where an
 * organisation waits on a phone that several people share, it waits behind one PIN. The code of an invitation that
 * was answered is kept, as a keyed hash, for the device that answered with it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table circles add column is_promised boolean not null default false;
    update circles set is_promised = true where id in (select circle_id from partners);

    alter table partners
      add column holder_id uuid references phone_holders(id) on delete set null,
      add column answered_code_hash bytea unique;
    create index partners_by_holder on partners (holder_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table partners drop column holder_id, drop column answered_code_hash;
    alter table circles drop column is_promised;
  `);
}
