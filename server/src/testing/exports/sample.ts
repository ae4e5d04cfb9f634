import type { CanonicalBlock, CanonicalField } from '@longtable/shared/documents/canonical';
import type { DocumentKind } from '@longtable/shared/documents/template';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import { loadMessages } from '@longtable/shared/locales/messages';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { buildExportDocument } from '../../features/exports/build-document.ts';
import type { ExportDocument } from '../../features/exports/export-document.ts';
import type { SectionRecord } from '../../features/rounds/record.service.ts';

export interface Written {
  blocks?: CanonicalBlock[];
  fields?: CanonicalField[];
}

/** A whole document, all sections of the template, blank but for what is given by section key. */
export function sampleDocument(
  kind: DocumentKind,
  written: Record<string, Written>,
  locale: Locale = 'en',
  title?: string,
) {
  const blank = Object.fromEntries(templateFor(kind).sections.map(({ key }) => [key, {}]));
  return sampleSections(kind, { ...blank, ...written }, locale, title);
}

/** Only the sections that are given. */
export async function sampleSections(
  kind: DocumentKind,
  written: Record<string, Written>,
  locale: Locale = 'en',
  title = 'River side',
): Promise<ExportDocument> {
  const records = Object.entries(written).map(([section, words]) => openRecord(section, words));
  return buildExportDocument(
    { kind, part: 'document', title, circles: [], records },
    await loadMessages(locale),
    locale,
  );
}

/** A section that no round has ever had before the circles. */
export const openRecord = (section: string, { blocks = [], fields = [] }: Written): SectionRecord => ({
  content: { v: 1, section, blocks, fields },
  lifted: [],
  isInRound: false,
  isUnreadable: false,
  agreement: null,
  earlierDissent: [],
});

export const block = (
  text: string,
  kind: CanonicalBlock['kind'] = 'paragraph',
  more: Partial<CanonicalBlock> = {},
): CanonicalBlock => ({
  kind,
  ...more,
  runs: text === '' ? [] : [{ text }],
});
