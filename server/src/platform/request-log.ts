import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';

/** Method, route pattern, status, milliseconds. Never the address asked for: it holds ids. */
export function requestLog(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    res.on('close', () => {
      const route = (req as Request & { route?: { path: string } }).route?.path;
      if (!route) return;
      const ms = Math.round(performance.now() - startedAt);
      logger.info({ method: req.method, route, status: res.statusCode, ms }, 'request');
    });
    next();
  };
}
