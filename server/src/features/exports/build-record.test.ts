import { describe, expect, it } from '@jest/globals';
import { loadMessages } from '@longtable/shared/locales/messages';
import type { ExportPart } from '@longtable/shared/protocol/http/documents';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { agreedRecords, HASH, RIVER, SECOND, SHORE } from '../../testing/exports/agreed-plan.ts';
import type { CircleRecord, SectionAgreement, SectionRecord } from '../rounds/record.service.ts';
import { buildExportDocument } from './build-document.ts';
import { render } from './render.ts';

const SECTION = 'what-we-will-do';
const circles = [RIVER, SECOND, SHORE].map((id, index) => ({ id, number: index + 1, name: null }));

const says = (circleId: CircleRecord['circleId'], answer: CircleRecord['answer']): CircleRecord => ({
  circleId,
  answer,
  on: answer === 'withdrew' ? '2026-12-05' : null,
  rule: null,
});

/** A plan with one section before the circles so far, by these answers. */
async function fileOf(
  standing: SectionAgreement['standing'],
  answers: CircleRecord[],
  part: ExportPart = 'document',
  locale: Locale = 'en',
): Promise<string> {
  const records = agreedRecords().map((record): SectionRecord => {
    const { agreement } = record;
    const isIt = record.content.section === SECTION && agreement !== null;
    return {
      ...record,
      lifted: [],
      agreement: isIt ? { ...agreement, standing, circles: answers, agreedOn: null, reviewOn: null } : null,
    };
  });
  const input = { kind: 'plan', part, title: 'T', circles, records } as const;
  const document = buildExportDocument(input, await loadMessages(locale), locale);
  return (await render(document, 'md')).toString('utf8').replace(/[\u2068\u2069]/g, '');
}

describe('a section whose circles have all taken their agreement back', () => {
  const answers = [says(RIVER, 'withdrew'), says(SECOND, 'withdrew')];

  it('is open, with the words that stand there now, and says who took theirs back', async () => {
    const file = await fileOf('none', answers);
    expect(file).toContain('Nothing in this document is agreed yet');
    expect(file).toContain('Open. Waiting for Circle 1 and Circle 2.');
    expect(file).toContain('We start with food, and with paint.');
    expect(file.match(/Took its agreement back on 5 December 2026/g)).toHaveLength(2);
    expect(file).not.toMatch(/by those here|Newer words|_Agreed|\*\*Agreed/);
    expect(file).not.toContain(HASH);
  });

  it('has nothing agreed in who does what by when', async () => {
    const file = await fileOf('none', answers, 'who-does-what');
    expect(file).toContain('### Still open');
    expect(file).toContain('Cook together');
    expect(file).not.toMatch(/### Agreed/);
  });
});

describe('a circle that came after the round had opened', () => {
  const answers = [says(RIVER, 'agrees'), says(SECOND, 'notAsked'), says(SHORE, 'withdrew')];

  it('is listed as not asked, and nobody waits for it', async () => {
    const file = await fileOf('waiting', answers);
    expect(file).toMatch(/\| Circle 2 +\| Not asked\. It came later\. +\|/);
    expect(file).toContain('Agreed by those here. Waiting for Circle 3.');
  });

  it('is so in Arabic', async () => {
    expect(await fileOf('waiting', answers, 'document', 'ar')).toContain('لم تُسأل. جاءت لاحقًا.');
  });
});
