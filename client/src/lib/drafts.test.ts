import { beforeEach, describe, expect, it } from '@jest/globals';
import { SeatId } from '@longtable/shared/ids';
import { Drafts } from './drafts.ts';
import { LEAVE, PASSED, UNSENT } from './page-events.ts';

interface Answer {
  choice: string | null;
  reason: string;
}

const amal = SeatId.parse('0b3f6f4e-6a3c-4f0e-9d53-6d3f3c1f7a10');
const noor = SeatId.parse('5c1d7f8a-2b4e-4c6d-8e9f-0a1b2c3d4e5f');
const place = { seat: amal, about: 'round/section', version: 1 };

describe('What is written and not sent', () => {
  let page: EventTarget;
  let drafts: Drafts<Answer>;

  beforeEach(() => {
    page = new EventTarget();
    drafts = new Drafts<Answer>(
      {
        hasWords: ({ reason }) => reason.trim() !== '',
        forChangedWords: (draft) => ({ ...draft, choice: null }),
      },
      page,
    );
  });

  const isUnsent = () => !page.dispatchEvent(new Event(UNSENT, { cancelable: true }));

  it('stays while its writer is on another page', () => {
    drafts.keep(place, { choice: 'no', reason: 'it is too far' });
    expect(drafts.get(place)).toEqual({ choice: 'no', reason: 'it is too far' });
    expect(drafts.get({ ...place, about: 'round/other' })).toBeNull();
    drafts.drop(place);
    expect(drafts.get(place)).toBeNull();
  });

  it('asks before the page is closed, and only while that would lose words', () => {
    const asks = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(asks()).toBe(false);
    drafts.keep(place, { choice: 'no', reason: ' ' });
    expect(asks()).toBe(false);
    drafts.keep(place, { choice: 'no', reason: 'it is too far' });
    expect(asks()).toBe(true);
    drafts.drop(place);
    expect(asks()).toBe(false);
    for (const gone of [LEAVE, PASSED]) {
      drafts.keep(place, { choice: 'no', reason: 'it is too far' });
      page.dispatchEvent(new Event(gone));
      expect(asks()).toBe(false);
    }
  });

  it('is its writer’s, and nobody else’s on the same phone', () => {
    drafts.keep(place, { choice: 'no', reason: 'it is too far' });
    expect(drafts.get({ ...place, seat: noor })).toBeNull();
    drafts.drop({ ...place, seat: noor });
    expect(drafts.get(place)).not.toBeNull();
  });

  it('keeps the reason for changed words and forgets what was chosen for the earlier ones', () => {
    drafts.keep(place, { choice: 'no', reason: 'it is too far' });
    expect(drafts.get({ ...place, version: 2 })).toEqual({ choice: null, reason: 'it is too far' });
  });

  it('keeps what is chosen again for the changed words', () => {
    drafts.keep(place, { choice: 'no', reason: 'it is too far' });
    drafts.keep({ ...place, version: 2 }, { choice: 'yes', reason: 'it is too far' });
    expect(drafts.get({ ...place, version: 2 })?.choice).toBe('yes');
  });

  it('keeps all of it for changed words where nothing is chosen of them', () => {
    const notes = new Drafts<string>({ hasWords: (text) => text.trim() !== '' }, page);
    notes.keep(place, 'who pays?');
    expect(notes.get({ ...place, version: 2 })).toBe('who pays?');
  });

  it('makes passing the phone on ask first, of words and not of blanks', () => {
    expect(isUnsent()).toBe(false);
    drafts.keep(place, { choice: 'no', reason: ' \n' });
    expect(isUnsent()).toBe(false);
    drafts.keep(place, { choice: null, reason: 'it is too far' });
    expect(isUnsent()).toBe(true);
    drafts.drop(place);
    expect(isUnsent()).toBe(false);
  });

  it('is asked about while it waits for changed words too', () => {
    drafts.keep({ ...place, version: 2 }, { choice: 'no', reason: 'it is too far' });
    expect(isUnsent()).toBe(true);
  });

  for (const [what, event] of [
    ['somebody leaves quickly', LEAVE],
    ['the phone is passed on', PASSED],
  ] as const)
    it(`is gone when ${what}`, () => {
      drafts.keep(place, { choice: 'no', reason: 'it is too far' });
      page.dispatchEvent(new Event(event));
      expect(drafts.get(place)).toBeNull();
      expect(isUnsent()).toBe(false);
    });
});
