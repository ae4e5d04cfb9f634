import { types } from 'node:util';

/**
 * Whether something thrown is an error. What Node itself throws (a connection that was reset) comes from the main
 * context; code that runs in a context of its own, as Jest's does, has another `Error`, and `instanceof` says no.
 */
export const isError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error || types.isNativeError(thrown);
