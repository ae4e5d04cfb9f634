import { documentTitleId, sectionTitleId } from '@longtable/shared/documents/texts';
import type { DocumentKind } from '@longtable/shared/documents/template';
import type { CatchUpLine } from '@longtable/shared/protocol/http/here';
import type { Translate } from '../../lib/use-text.ts';

/** A line in the reader's words, and what people wrote themselves, in whatever language that is. */
export interface SaidLine {
  ours: string;
  theirs: string | null;
}

type Named = { document: DocumentKind; section: string };

/** `list` puts names into one sentence, as the reader's language does it. */
export function sayLine(t: Translate, list: (names: string[]) => string, line: CatchUpLine): SaidLine {
  const title = ({ document, section }: Named) => t(sectionTitleId(document, section));
  switch (line.line) {
    case 'nothing':
      return { ours: t('catchUp.nothing'), theirs: null };
    case 'agreed':
      return { ours: t('catchUp.agreed', { count: line.count, total: line.total }), theirs: null };
    case 'words':
      return {
        ours: t(line.isAgreed ? 'catchUp.agreedWords' : 'catchUp.draftedWords', { section: title(line) }),
        theirs: line.text,
      };
    case 'drafted': {
      const more = line.count - line.sections.length;
      const sections = list(line.sections.map(title));
      return {
        ours: more > 0 ? t('catchUp.draftedMore', { sections, more }) : t('catchUp.drafted', { sections }),
        theirs: null,
      };
    }
    case 'here':
      return {
        ours: t(line.isInRound ? 'catchUp.hereInRound' : 'catchUp.here', {
          section: title(line),
          document: t(documentTitleId(line.document)),
        }),
        theirs: null,
      };
  }
}

/** For a voice, which pauses at the end of each. */
export const spoken = ({ ours, theirs }: SaidLine): string => (theirs === null ? ours : `${ours} ${theirs}`);
