import type { PartnerStatement } from '@longtable/shared/protocol/http/partners';
import type { Device, TestServer } from './http-client.ts';
import type { TestPerson } from './factories.ts';

export const statement: PartnerStatement = {
  from: 'We work in the next valley.',
  answersTo: 'A board of twelve people, chosen each year.',
  ties: {
    police: { has: false },
    immigration: { has: false },
    funders: { has: true, words: 'CanaryFunder' },
  },
  is: [],
};

/** The calls that an invited organisation's browser makes, and those of the people who answer. */
export function partnerCalls(server: TestServer, partnershipId: string) {
  const as = ({ cookie, seat }: TestPerson, body?: unknown) => ({ seat: seat.id, headers: { cookie }, body });
  return {
    invite: async (who: TestPerson, name = 'The clinic') =>
      server.newDevice().post(`/api/partnerships/${partnershipId}/partners`, as(who, { name, locale: 'ar' })),
    list: (who: TestPerson) => server.newDevice().get(`/api/partnerships/${partnershipId}/partners`, as(who)),
    answer: (who: TestPerson, partnerId: string, answer: 'yes' | 'notYet', words: string | null = null) =>
      server.newDevice().post(`/api/partners/${partnerId}/answer`, as(who, { answer, words })),
    takeBack: (who: TestPerson, partnerId: string) =>
      server.newDevice().delete(`/api/partners/${partnerId}`, as(who)),
    open: (device: Device, code: string) => device.post('/api/askings/open', { body: { code } }),
    send: (device: Device, code: string, said: PartnerStatement = statement) =>
      device.post('/api/askings', { body: { code, statement: said } }),
    sit: (device: Device, partnerId: string) =>
      device.post(`/api/askings/${partnerId}/seat`, { body: { handle: { picture: 'bell' } } }),
  };
}
