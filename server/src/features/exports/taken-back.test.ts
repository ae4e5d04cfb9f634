import { describe, expect, it } from '@jest/globals';
import type { CanonicalBlock, CanonicalSection } from '@longtable/shared/documents/canonical';
import type { SectionRecord } from '../rounds/record.service.ts';
import { leaveOutTakenBack } from './taken-back.ts';

const [GONE, STANDS] = ['words-gone', 'words-stand'];

const quote = (cites: string, text: string): CanonicalBlock => ({
  kind: 'quote',
  cites,
  runs: text === '' ? [] : [{ text }],
});
const said = (text: string): CanonicalBlock => ({ kind: 'paragraph', runs: [{ text }] });
const section = (...blocks: CanonicalBlock[]): CanonicalSection => ({
  v: 1,
  section: 'why',
  blocks,
  fields: [],
});

const record = (agreed: CanonicalSection, now: CanonicalSection, hasChanged: boolean): SectionRecord => ({
  content: now,
  lifted: [],
  isInRound: false,
  isUnreadable: false,
  earlierDissent: [],
  agreement: {
    standing: 'agreed',
    content: agreed,
    hasChanged,
    hash: 'hash',
    agreedOn: null,
    reviewOn: null,
    circles: [],
    dissent: [],
  },
});

const AGREED = section(quote(GONE!, 'ours'), said('and so'), quote(STANDS!, 'theirs'));

describe('words taken back, where they are printed', () => {
  const takenBack = new Set([GONE!]);
  const gap = section(quote(GONE!, ''), said('and so'), quote(STANDS!, 'theirs'));

  it('are a gap in what is agreed and in what stands there now; the hash stays', () => {
    expect(leaveOutTakenBack(record(AGREED, AGREED, false), takenBack)).toMatchObject({
      content: gap,
      agreement: { content: gap, hasChanged: false, hasGaps: true, hash: 'hash' },
    });
  });

  it('change nothing that circles agreed to, once the joint text has its gap too', () => {
    expect(leaveOutTakenBack(record(AGREED, gap, true), takenBack).agreement?.hasChanged).toBe(false);
    const last = section(said('and so'), quote(GONE!, 'ours'));
    // Canonical content ends before a gap at its end.
    const after = section(said('and so'));
    expect(leaveOutTakenBack(record(last, after, true), takenBack).agreement?.hasChanged).toBe(false);
  });

  it('hide no other change', () => {
    const changed = section(quote(GONE!, ''), said('and so much more'), quote(STANDS!, 'theirs'));
    expect(leaveOutTakenBack(record(AGREED, changed, true), takenBack).agreement?.hasChanged).toBe(true);
  });

  it('are no matter of a section that does not quote them', () => {
    const other = section(quote(STANDS!, 'theirs'));
    expect(leaveOutTakenBack(record(other, other, false), takenBack).agreement).toMatchObject({
      content: other,
      hasGaps: false,
    });
  });
});
