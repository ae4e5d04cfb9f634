import { describe, expect, it } from '@jest/globals';
import type { CanonicalBlock } from '@longtable/shared/documents/canonical';
import { renderToStaticMarkup } from 'react-dom/server';
import { IntlProvider } from 'react-intl';
import { BlocksView, type BlocksViewProps } from './blocks-view.tsx';

const show = (props: BlocksViewProps, locale = 'en') =>
  renderToStaticMarkup(
    <IntlProvider locale={locale}>
      <BlocksView {...props} />
    </IntlProvider>,
  );
const texts = (html: string) =>
  html
    .replace(/<[^>]+>/g, '\n')
    .split('\n')
    .filter((text) => text.trim() !== '');
const quote = (text: string, cites?: string): CanonicalBlock => ({
  kind: 'quote',
  ...(cites ? { cites } : {}),
  runs: text === '' ? [] : [{ text }],
});
const labelOf = (source: string | null, isGap: boolean) =>
  isGap ? 'taken back' : source === null ? 'a quote' : `words of ${source}`;

describe('Words to read', () => {
  it('say above a quote whose words it is, and leave a gap where words were taken back', () => {
    const blocks = [quote('debts', 'A'), quote('', 'A'), quote('the boat', 'B'), quote('and more')];
    expect(texts(show({ blocks, labelOf }))).toEqual([
      'words of A',
      'debts',
      'taken back',
      'words of B',
      'the boat',
      'a quote',
      'and more',
    ]);
  });

  it('count as the language counts', () => {
    const blocks: CanonicalBlock[] = [{ kind: 'number', runs: [{ text: 'one' }] }];
    expect(texts(show({ blocks }))).toEqual(['1.', 'one']);
    expect(texts(show({ blocks }, 'ar-EG'))).toEqual(['١.', 'one']);
  });

  it('read the address of a link aloud and open nothing', () => {
    const blocks: CanonicalBlock[] = [
      { kind: 'paragraph', runs: [{ text: 'here', href: 'https://example.org/' }] },
    ];
    const html = show({ blocks });
    expect(texts(html)).toEqual(['here (', 'https://example.org/', ')']);
    expect(html).not.toContain('<a');
  });

  it('name each block that can be chosen by where it stands, and offer no blank line', () => {
    const blocks: CanonicalBlock[] = [
      { kind: 'paragraph', runs: [] },
      { kind: 'bullet', runs: [{ text: 'bus' }] },
      quote('debts'),
    ];
    const chosen: number[] = [];
    show({ blocks, around: (block, at) => (chosen.push(at), block) });
    expect(chosen).toEqual([1, 2]);
  });
});
