import type { CircleId } from '@longtable/shared/ids';
import type { SectionRecord } from '../rounds/record.service.ts';
import type { ExportDissent, ExportLine } from './export-document.ts';
import type { ExportWords } from './export-words.ts';

/** What a circle is called outside, fit for any sentence. */
export type CircleName = (id: CircleId) => string;

/** Where a section stands, in one or two short sentences. */
export function stateOf(
  { agreement, isInRound }: SectionRecord,
  words: ExportWords,
  nameOf: CircleName,
): ExportLine {
  if (!agreement) return words.say(isInRound ? 'exports.state.inRound' : 'exports.state.open');
  const sentences = [agreedSentence(agreement, words, nameOf)];
  if (isInRound) sentences.push(words.text('exports.state.again'));
  else if (agreement.hasChanged) sentences.push(words.text('exports.state.changed'));
  return words.join(sentences);
}

function agreedSentence(
  { standing, agreedOn, circles }: NonNullable<SectionRecord['agreement']>,
  words: ExportWords,
  nameOf: CircleName,
): string {
  if (standing === 'agreed')
    return words.text('exports.state.agreed', { day: agreedOn ? words.day(agreedOn) : '' });
  const waitedFor = circles
    .filter(({ answer }) => answer === 'waiting' || answer === 'withdrew')
    .map(({ circleId }) => nameOf(circleId));
  return words.text(standing === 'none' ? 'exports.state.waitingForAll' : 'exports.state.waiting', {
    circles: words.list(waitedFor),
  });
}

export const reviewOf = ({ agreement }: SectionRecord, words: ExportWords): ExportLine | null =>
  agreement?.standing === 'agreed' && agreement.reviewOn
    ? words.say('exports.state.review', { day: words.day(agreement.reviewOn) })
    : null;

/** How much of the document is agreed, for its first page. */
export function summaryOf(records: readonly SectionRecord[], words: ExportWords): ExportLine[] {
  const count = (standing: 'agreed' | 'waiting') =>
    records.filter(({ agreement }) => agreement?.standing === standing).length;
  const [agreed, waiting, total] = [count('agreed'), count('waiting'), records.length];
  if (agreed === 0 && waiting === 0) return [words.say('exports.summary.none')];
  if (agreed === total) return [words.say('exports.summary.all')];
  return [
    words.say('exports.summary.some'),
    words.say('exports.summary.agreed', { count: agreed, total }),
    ...(waiting > 0 ? [words.say('exports.summary.waiting', { count: waiting })] : []),
    ...(agreed + waiting < total
      ? [words.say('exports.summary.open', { count: total - agreed - waiting })]
      : []),
  ];
}

/** What circles chose to let others know of their worries and objections. `lead` says what they are about. */
export const dissentOf = (
  dissent: SectionRecord['earlierDissent'],
  words: ExportWords,
  nameOf: CircleName,
  lead?: string,
): ExportDissent[] =>
  dissent.map(({ circleId, position, reason }) => {
    const sentence =
      circleId === null
        ? words.text(`exports.dissent.${position}.unnamed`)
        : words.text(`exports.dissent.${position}.named`, { circle: nameOf(circleId) });
    return {
      label: words.join([...(lead ? [words.text(lead)] : []), sentence]),
      reason: reason === null ? null : words.line([{ text: reason }]),
    };
  });
