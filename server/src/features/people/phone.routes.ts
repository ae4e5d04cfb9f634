import { Pin } from '@longtable/shared/protocol/http/phone';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { renewToken } from './device.service.ts';
import { session } from './people.service.ts';
import { bringSomeone, openPhone, passPhone, startSharing } from './phone.service.ts';
import { createPinLimit } from './pins.ts';

/** Several of us on one phone. Whoever the seats open for, the device gets a new token. */
export function registerPhoneRoutes(router: Router, deps: Deps): void {
  const limit = createPinLimit(deps.clock);
  const who = session(deps);

  router.add({
    method: 'post',
    path: '/api/phone/pin',
    summary:
      'Puts the seats that are open on this device behind a PIN; from then on several people can share it',
    body: Pin,
    who,
    handle: ({ who: phone, body }) => startSharing(deps, phone, body.pin),
  });

  router.add({
    method: 'post',
    path: '/api/phone/pass',
    summary: 'Closes every seat on a shared device until a PIN opens its owner’s again',
    who,
    async handle({ who: phone, req, res }) {
      await passPhone(deps, phone, limit);
      await renewToken(deps, phone, { req, res });
    },
  });

  router.add({
    method: 'post',
    path: '/api/phone/open',
    summary: 'Opens the seats that are behind this PIN, and no others',
    body: Pin,
    who,
    async handle({ who: phone, body, req, res }) {
      await openPhone(deps, phone, body.pin, limit);
      await renewToken(deps, phone, { req, res });
    },
  });

  router.add({
    method: 'post',
    path: '/api/phone/someone',
    summary: 'One more person on a shared device chooses a PIN, and may then join or come back',
    body: Pin,
    who,
    async handle({ who: phone, body, req, res }) {
      await bringSomeone(deps, phone, body.pin, limit);
      await renewToken(deps, phone, { req, res });
    },
  });
}
