import { randomUUID } from 'node:crypto';
import { LongtableError, type WireError } from '@longtable/shared/errors';
import type { Logger } from 'pino';
import { ZodError } from 'zod';
import { isError } from './is-error.ts';
import type { Metrics } from './metrics.ts';

/** Who hears of refusals besides the one who is refused. */
export interface RefusalDeps {
  logger: Logger;
  metrics: Metrics;
}

/** Of a request or a message that failed, what its sender may know. Each is counted by its code. */
export function toWireError(error: unknown, { logger, metrics }: RefusalDeps): WireError {
  const refusal = describeRefusal(error, logger);
  metrics.refused(refusal.code);
  return refusal;
}

function describeRefusal(error: unknown, logger: Logger): WireError {
  if (error instanceof LongtableError) {
    return { code: error.code, ...(error.fields ? { fields: error.fields } : {}) };
  }
  if (error instanceof ZodError) {
    return { code: 'badRequest', fields: error.issues.map((issue) => issue.path.join('.')) };
  }
  const { type } = (error ?? {}) as { type?: unknown };
  if (type === 'entity.too.large') return { code: 'tooLarge' };
  if (typeof type === 'string' && /^(entity|encoding|charset|request)\./.test(type))
    return { code: 'badRequest' };
  if (error instanceof URIError) return { code: 'badRequest' };
  if (isDatabaseAway(error)) {
    logger.warn({ err: error }, 'the database does not answer');
    return { code: 'unavailable' };
  }
  const errorId = randomUUID();
  logger.error({ err: error, errorId }, 'a request failed');
  return { code: 'internal', errorId };
}

/**
 * PostgreSQL classes 08 (connection), 53 (resources) and 57 (operator intervention); whatever is fatal to a
 * connection, such as a database that lets nobody in; errors of socket and pool.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!isError(error)) return false;
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  return (
    error.name === 'KnexTimeoutError' ||
    severity === 'FATAL' ||
    (typeof code === 'string' && /^(08|53|57)/.test(code)) ||
    (typeof code === 'string' &&
      /^(ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ERR_STREAM_\w+)$/.test(code)) ||
    /connection (terminated|ended|refused)|unable to acquire a connection|timeout expired|query read timeout|not queryable|pglite is closed/i.test(
      error.message,
    )
  );
}
