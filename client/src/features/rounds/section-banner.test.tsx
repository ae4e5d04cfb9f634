import { describe, expect, it } from '@jest/globals';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import type { CircleId, DocumentId, RoundId, SeatId } from '@longtable/shared/ids';
import { loadMessages } from '@longtable/shared/locales/messages';
import type { SectionStanding } from '@longtable/shared/protocol/http/standing';
import { renderToStaticMarkup } from 'react-dom/server';
import { IntlProvider } from 'react-intl';
import { MemoryRouter } from 'react-router';
import { SectionBanner } from './section-banner.tsx';

const messages = { en: await loadMessages('en'), ar: await loadMessages('ar') };

const show = (standing: Partial<SectionStanding>, locale: 'en' | 'ar' = 'en') =>
  renderToStaticMarkup(
    <IntlProvider locale={locale} messages={messages[locale]}>
      <MemoryRouter>
        <SectionBanner
          seat={'seat' as SeatId}
          documentId={'document' as DocumentId}
          kind="definition"
          section={templateFor('definition').sections[0]!}
          standing={
            {
              standing: 'waiting',
              roundId: 'round' as RoundId,
              hasChanged: true,
              isReopened: false,
              agreedBy: [],
              agreedOn: null,
              waitingFor: [],
              beside: null,
              ...standing,
            } as unknown as SectionStanding
          }
          addressOfRound={() => '/'}
          nameOf={() => 'Baobab'}
        />
      </MemoryRouter>
    </IntlProvider>,
  );

describe('Above words that were changed since', () => {
  it('says which circles agreed to the earlier ones', () => {
    expect(show({ agreedBy: ['one' as CircleId] })).toMatch(/Changed since .Baobab. agreed\./);
  });

  it('says that nobody agrees to the earlier ones any more, where every answer was taken back', () => {
    for (const locale of ['en', 'ar'] as const)
      expect(show({}, locale)).toContain(messages[locale]['rounds.changedNobody']);
  });
});
