import { LongtableError } from '@longtable/shared/errors';
import type { RequestHandler } from 'express';

/**
 * Whatever changes something must come from our own pages: a foreign page could otherwise use somebody's
 * cookie. Browsers send Origin with every such request; where it is missing, only the browser's own word
 * that the page is ours counts.
 */
export function requireOwnOrigin(origins: readonly string[]): RequestHandler {
  return (req, _res, next) => {
    if (req.method === 'GET' || req.method === 'HEAD') {
      next();
      return;
    }
    const origin = req.get('Origin');
    const isOurs =
      origin === undefined ? req.get('Sec-Fetch-Site') === 'same-origin' : origins.includes(origin);
    next(isOurs ? undefined : new LongtableError('badRequest', { fields: ['origin'] }));
  };
}
