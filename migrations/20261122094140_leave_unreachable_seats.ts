import type { Knex } from 'knex';

/**
 * Seats that lost their device before it was a rule that such a seat, without a seat card or five words, has been left
 * (docs/decisions/0008): nobody will come back to them, so their circles would wait for ever.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from seats
      where state in ('waiting', 'refused') and session_id is null
        and not exists (select 1 from ways_back where seat_id = seats.id);
    update grants set is_revoked = true
      where seat_id in (
        select id from seats
        where state = 'seated' and session_id is null
          and not exists (select 1 from ways_back where seat_id = seats.id)
      );
    update seats set state = 'left', holder_id = null, handle_sealed = ''
      where state = 'seated' and session_id is null
        and not exists (select 1 from ways_back where seat_id = seats.id);
  `);
}

/** Whoever has left has left. */
export async function down(): Promise<void> {}
