import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { Env } from '../env.ts';
import type { Bus } from './bus.ts';
import type { Clock } from './clock.ts';
import type { Keyring } from './keyring.ts';
import type { Metrics } from './metrics.ts';
import type { NodeLink } from './node-link.ts';

/** A connection or an open transaction; whoever owns the use case opens the transaction. */
export type Db = Knex | Knex.Transaction;

/** Everything a feature may need from the platform, handed in once by the composition root. */
export interface Deps {
  env: Env;
  db: Knex;
  keyring: Keyring;
  bus: Bus;
  link: NodeLink;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
}
