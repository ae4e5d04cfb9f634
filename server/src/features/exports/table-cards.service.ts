import type { CircleId, CodeId, PartnershipId } from '@longtable/shared/ids';
import { loadMessages } from '@longtable/shared/locales/messages';
import type { PrintTableCards } from '@longtable/shared/protocol/http/table-cards';
import type { Deps } from '../../platform/deps.ts';
import type { FileAnswer } from '../../platform/http.ts';
import { readLiveCode } from '../circles/codes.service.ts';
import { readPartnership } from '../partnerships/partnerships.service.ts';
import { renderCardsApart } from './render-apart.ts';
import type { TableCardsSheet } from './table-cards-pdf.ts';

export interface CardsRequest extends PrintTableCards {
  partnershipId: PartnershipId;
  circleId: CircleId;
  codeId: CodeId;
}

/** A file with cards that are all alike. @throws LongtableError codeUnknown */
export async function printTableCards(
  deps: Pick<Deps, 'db' | 'env' | 'keyring' | 'clock'>,
  { partnershipId, circleId, codeId, code: typed, cards, paper }: CardsRequest,
  render: (sheet: TableCardsSheet) => Promise<Buffer> = renderCardsApart,
): Promise<FileAnswer> {
  const { code, url } = await readLiveCode(deps, circleId, codeId, typed);
  const { locales } = await readPartnership(deps, partnershipId);
  const texts = await Promise.all(
    locales.map(async (lang) => ({ lang, messages: await loadMessages(lang) })),
  );
  const { host } = new URL(deps.env.publicUrl);
  const bytes = await render({
    url,
    code,
    address: `${host}/join`,
    lines: texts.map(({ lang, messages }) => ({
      lang,
      dir: lang === 'ar' ? 'rtl' : 'ltr',
      text: messages['tableCards.how'] ?? '',
    })),
    squareAlt: texts[0]?.messages['code.qr'] ?? '',
    cards,
    paper,
  });
  // It lies in download folders of phones that others hold.
  return { bytes, mediaType: 'application/pdf', fileName: 'cards.pdf' };
}
