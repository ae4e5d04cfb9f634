import type { Knex } from 'knex';
import { readEnv } from '../env.ts';
import { createMemoryBus } from '../platform/bus.ts';
import type { Deps } from '../platform/deps.ts';
import { createLogger } from '../platform/logger.ts';
import { createMemoryKeyring } from '../platform/memory-keyring.ts';
import { createMetrics } from '../platform/metrics.ts';
import { createNoLink } from '../platform/node-link.ts';
import { type TestClock, createTestClock } from './test-clock.ts';

export type TestDeps = Deps & { clock: TestClock };

/** Everything a feature needs: keys in memory, a clock that stands still, a logger that says nothing. */
export function createTestDeps(db: Knex, overrides: Partial<TestDeps> = {}): TestDeps {
  return {
    env: readEnv({}),
    db,
    keyring: createMemoryKeyring(),
    bus: createMemoryBus(),
    link: createNoLink(),
    clock: createTestClock(),
    logger: createLogger({ level: 'silent' }),
    metrics: createMetrics(),
    ...overrides,
  };
}
