import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadMessages } from '@longtable/shared/locales/messages';
import type { ComponentType } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { IntlProvider } from 'react-intl';
import { MemoryRouter } from 'react-router';
import type { ConnectionView, TableConnection } from '../../rooms/types.ts';
import { UNSENT } from '../../lib/page-events.ts';
import type * as NotFoundPages from './not-found-page.tsx';

const messages = await loadMessages('en');
const show = (Page: ComponentType) =>
  renderToStaticMarkup(
    <IntlProvider locale="en" messages={messages}>
      <MemoryRouter>
        <Page />
      </MemoryRouter>
    </IntlProvider>,
  );
const unsent = messages['signedOut.unsent']!;
const wayBack = 'href="/return"';

describe('R27 who cannot reach the seat any more', () => {
  let pages: typeof NotFoundPages;
  let isHolding = false;
  beforeAll(async () => {
    const window = new EventTarget();
    window.addEventListener(UNSENT, (event) => isHolding && event.preventDefault());
    Object.assign(globalThis, { window });
    pages = await import('./not-found-page.tsx');
  });
  afterAll(() => void Reflect.deleteProperty(globalThis, 'window'));

  it.each(['SignedOutPage', 'NotFoundPage'] as const)(
    'is told on the %s that words are still here, and shown the way back',
    (name) => {
      isHolding = true;
      const html = show(pages[name]);
      expect(html).toContain(unsent);
      expect(html).toContain(wayBack);
    },
  );

  it('is told nothing of words where there are none', () => {
    isHolding = false;
    expect(show(pages.SignedOutPage)).not.toContain(unsent);
    expect(show(pages.NotFoundPage)).not.toContain(unsent);
    expect(show(pages.NotFoundPage)).not.toContain(wayBack);
  });

  it('is shown the way back beside the words as well', async () => {
    const { ConnectionBanner } = await import('../connection-banner.tsx');
    const banner = (state: ConnectionView['state']) => {
      const connection = { getView: () => ({ state }), subscribe: () => () => undefined };
      return show(() => <ConnectionBanner connection={connection as unknown as TableConnection} />);
    };
    expect(banner('signedOut')).toContain(messages['connection.signedOut']);
    expect(banner('signedOut')).toContain(wayBack);
    expect(banner('offline')).not.toContain(wayBack);
  });
});
