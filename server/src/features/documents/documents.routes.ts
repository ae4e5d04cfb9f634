import { StartedPartnership, StartPartnership } from '@longtable/shared/protocol/http/partnerships';
import type { Deps } from '../../platform/deps.ts';
import { anyone, type Router } from '../../platform/http.ts';
import { putOnDevice } from '../people/device.service.ts';
import { startPartnership } from './documents.service.ts';

export function registerDocumentRoutes(router: Router, deps: Deps): void {
  router.add({
    method: 'post',
    path: '/api/partnerships',
    summary: 'Starts a partnership from a template; whoever starts it facilitates',
    body: StartPartnership,
    answer: StartedPartnership,
    who: anyone,
    handle: ({ body, req, res }) =>
      putOnDevice(deps, { req, res }, async (makeSession) =>
        startPartnership(deps, await makeSession(deps.db), body),
      ),
  });
}
