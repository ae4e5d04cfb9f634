import { isError } from './is-error.ts';
import pino, { type DestinationStream, type Logger } from 'pino';

/**
 * Logs carry no content, no names, no addresses, no codes. A database's message may quote a value, so of
 * its errors only code and place are kept.
 */
export function createLogger(options: { level?: string; destination?: DestinationStream } = {}): Logger {
  const settings = { level: options.level ?? 'info', base: null, serializers: { err: describeError } };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

interface ErrorLine {
  type: string;
  code?: string;
  message?: string;
  constraint?: string;
  stack?: string;
  cause?: ErrorLine;
}

export function describeError(error: unknown, depth = 0): ErrorLine {
  if (!isError(error)) return { type: typeof error };
  const { code, severity, constraint } = error as Error & {
    code?: string;
    severity?: string;
    constraint?: string;
  };
  const isFromDatabase = severity !== undefined;
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(isFromDatabase ? {} : { message: error.message }),
    ...(error.stack ? { stack: framesOf(error.stack) } : {}),
    ...(error.cause !== undefined && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

/** The stack repeats the message; its frames alone say where. */
const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');
