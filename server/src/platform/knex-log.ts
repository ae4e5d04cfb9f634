/** Knex prints to the console what it also throws; one report of a failure is enough. */
export const silentKnexLog = { warn: () => {}, error: () => {}, deprecate: () => {}, debug: () => {} };
