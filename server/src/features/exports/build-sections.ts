import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import type { DocumentKind, Section } from '@longtable/shared/documents/template';
import { sectionPromptId, sectionTitleId } from '@longtable/shared/documents/texts';
import type { SectionRecord } from '../rounds/record.service.ts';
import { buildBlocks, type QuotedCircle } from './build-blocks.ts';
import { buildFields } from './build-fields.ts';
import { type CircleName, dissentOf, reviewOf, stateOf } from './build-standing.ts';
import { isEmpty, type ExportPassage, type ExportSection } from './export-document.ts';
import type { ExportWords } from './export-words.ts';

/** One section: the words that are agreed before all, then what is open and says so. */
export function buildSection(
  kind: DocumentKind,
  section: Section,
  record: SectionRecord,
  words: ExportWords,
  nameOf: CircleName,
  quotedCircle: QuotedCircle,
): ExportSection {
  const { content, lifted, isInRound, isUnreadable, earlierDissent } = record;
  // Words that nobody agrees to any more are words like any others.
  const agreement = record.agreement?.standing === 'none' ? null : record.agreement;
  const wordsOf = ({ blocks, fields }: Pick<CanonicalSection, 'blocks' | 'fields'>) => ({
    blocks: buildBlocks(blocks, words, quotedCircle),
    fields: buildFields(kind, section, fields, words),
  });
  const earlier = dissentOf(earlierDissent, words, nameOf, 'exports.dissent.earlier');
  const passages: ExportPassage[] = [];
  const lines = isUnreadable ? [words.say('exports.unreadable')] : [];
  if (!agreement) passages.push({ ...plain(null), lines, ...wordsOf(content), dissent: earlier });
  else {
    const dissent = dissentOf(agreement.dissent, words, nameOf);
    if (!agreement.hasChanged) dissent.push(...earlier);
    passages.push({ ...plain(null), lines, ...wordsOf(agreement.content), dissent });
  }
  if (agreement?.hasChanged) {
    const about = words.say(isInRound ? 'exports.newer.inRound' : 'exports.newer.about');
    const newer = { ...plain(words.text('exports.newer')), ...wordsOf(content), dissent: earlier };
    const nothing = isEmpty(newer) ? [words.say('exports.nothingWritten')] : [];
    passages.push({ ...newer, lines: [about, ...nothing] });
  }
  if (lifted.length > 0)
    passages.push({
      ...plain(words.text('exports.lifted')),
      lines: [words.say('exports.lifted.about')],
      fields: buildFields(kind, section, lifted, words),
    });
  return {
    number: section.number,
    title: words.text(sectionTitleId(kind, section.key)),
    prompt: words.text(sectionPromptId(kind, section.key)),
    state: stateOf(record, words, nameOf),
    stateMore: reviewOf(record, words),
    isAgreed: agreement?.standing === 'agreed',
    passages,
  };
}

/** A passage with nothing in it yet. */
export const plain = (title: string | null): ExportPassage => ({
  title,
  lines: [],
  blocks: [],
  fields: [],
  dissent: [],
  closing: [],
});
