import { saySame, type TakenBack, withGaps } from '@longtable/shared/documents/gaps';
import type { SectionRecord } from '../rounds/record.service.ts';

/**
 * A record as it may be printed: words that a circle has taken back since are a gap, also in what circles agreed to.
 * The hash stays that of the words they agreed to. Where both texts differ by nothing but gaps, nothing was changed.
 */
export function leaveOutTakenBack(record: SectionRecord, takenBack: TakenBack): SectionRecord {
  if (takenBack.size === 0) return record;
  const content = withGaps(record.content, takenBack);
  if (record.agreement === null) return { ...record, content };
  const agreed = withGaps(record.agreement.content, takenBack);
  const hasGaps = agreed !== record.agreement.content;
  const hasChanged = record.agreement.hasChanged && !saySame(agreed, content, takenBack);
  return { ...record, content, agreement: { ...record.agreement, content: agreed, hasChanged, hasGaps } };
}
