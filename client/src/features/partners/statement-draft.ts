import type { DutyLabel, PartnerStatement } from '@longtable/shared/protocol/http/partners';
import { noTieDraft, type TieDraft } from './tie-draft.ts';

export interface StatementDraft {
  from: string;
  answersTo: string;
  ties: Record<keyof PartnerStatement['ties'], TieDraft>;
  is: readonly DutyLabel[];
}

export const noStatement: StatementDraft = {
  from: '',
  answersTo: '',
  ties: { police: noTieDraft, immigration: noTieDraft, funders: noTieDraft },
  is: [],
};

export const hasStatementWords = ({ from, answersTo, ties }: StatementDraft): boolean =>
  [from, answersTo, ...Object.values(ties).map(({ words }) => words)].some((text) => text.trim() !== '');
