import { LongtableError } from '@longtable/shared/errors';
import { MAX_BODY_BYTES } from '@longtable/shared/limits';
import express, { type Express } from 'express';
import { fileURLToPath } from 'node:url';
import { registerAnewRoutes } from './features/circles/anew.routes.ts';
import { registerCircleRoutes } from './features/circles/circles.routes.ts';
import { registerFacilitatorRoutes } from './features/circles/facilitators.routes.ts';
import { registerDocumentRoutes } from './features/documents/documents.routes.ts';
import { registerExportRoutes } from './features/exports/exports.routes.ts';
import { registerTableCardRoutes } from './features/exports/table-cards.routes.ts';
import { registerPartnerRoutes } from './features/partners/partners.routes.ts';
import { registerExit, registerPeopleRoutes } from './features/people/people.routes.ts';
import { registerPhoneRoutes } from './features/people/phone.routes.ts';
import { registerReturnRoutes } from './features/people/returns.routes.ts';
import { registerRoomRoutes } from './features/rooms/rooms.routes.ts';
import { registerHeardRoutes } from './features/rounds/heard.routes.ts';
import { registerNoteRoutes } from './features/rounds/notes.routes.ts';
import { registerRoundRoutes } from './features/rounds/rounds.routes.ts';
import { registerStandingRoutes } from './features/rounds/standing.routes.ts';
import { registerTableRoutes } from './features/workshops/table.routes.ts';
import { registerWordsRoutes } from './features/words/words.routes.ts';
import { ownOrigins } from './env.ts';
import type { Deps } from './platform/deps.ts';
import { registerHealth } from './platform/health.ts';
import { Router, errorTranslator } from './platform/http.ts';
import { describeRoutes } from './platform/openapi.ts';
import { requireOwnOrigin } from './platform/own-origin.ts';
import { registerPages } from './platform/pages.ts';
import { requestLog } from './platform/request-log.ts';
import { securityHeaders } from './platform/security-headers.ts';

const BUILT_CLIENT = fileURLToPath(new URL('../../client/dist', import.meta.url));

/** The whole HTTP side over these dependencies. Never listens. */
export function createApp(deps: Deps, options: { clientFolder?: string } = {}): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');

  app.use(securityHeaders(deps.env.publicUrl));
  registerHealth(app, deps.db);
  app.use(requestLog(deps.logger));
  registerExit(app, deps);

  app.use('/api', requireOwnOrigin(ownOrigins(deps.env)));
  app.use('/api', express.json({ limit: MAX_BODY_BYTES }));
  const router = new Router(app);
  registerPeopleRoutes(router, deps);
  registerPhoneRoutes(router, deps);
  registerReturnRoutes(router, deps);
  registerCircleRoutes(router, deps);
  registerFacilitatorRoutes(router, deps);
  registerAnewRoutes(router, deps);
  registerPartnerRoutes(router, deps);
  registerDocumentRoutes(router, deps);
  registerRoomRoutes(router, deps);
  registerWordsRoutes(router, deps);
  registerHeardRoutes(router, deps);
  registerRoundRoutes(router, deps);
  registerNoteRoutes(router, deps);
  registerStandingRoutes(router, deps);
  registerTableRoutes(router, deps);
  registerExportRoutes(router, deps);
  registerTableCardRoutes(router, deps);
  app.get('/api/openapi.json', (_req, res) => {
    res.json(describeRoutes(router.docs));
  });
  app.use('/api', (_req, _res, next) => next(new LongtableError('notFound')));

  registerPages(app, options.clientFolder ?? BUILT_CLIENT);
  app.use((_req, _res, next) => next(new LongtableError('notFound')));
  app.use(errorTranslator(deps));
  return app;
}
