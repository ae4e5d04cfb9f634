import type { Knex } from 'knex';

/**
 * Sessions are looked up by the day on which they end. What tables have that were set by an earlier server: an answer
 * to an organisation that said nothing, which cannot be opened, and founding codes of a place that was promised to one.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index device_sessions_by_end on device_sessions (expires_on);

    delete from partner_answers where answer_sealed is null;
    alter table partner_answers alter column answer_sealed set not null;

    delete from codes
      where is_founding and circle_id in (select id from circles where is_promised);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table partner_answers alter column answer_sealed drop not null;
    drop index device_sessions_by_end;
  `);
}
