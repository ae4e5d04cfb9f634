import type { Knex } from 'knex';

/** A join needs the state vector of a snapshot, and reading it back out of the snapshot takes the processor's time. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table rooms add column snapshot_vector_sealed bytea');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table rooms drop column snapshot_vector_sealed');
}
