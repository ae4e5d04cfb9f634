import type { CanonicalBlock } from '@longtable/shared/documents/canonical';
import { useId } from 'react';
import { useText } from '../../lib/use-text.ts';
import { BlocksView } from '../../ui/blocks-view.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import './words.css';

export interface CircleWords {
  wordsId: string;
  circle: string;
  isOwn: boolean;
  blocks: readonly CanonicalBlock[];
}

/** Names one block of one circle's words. */
export const blockKey = (wordsId: string, index: number) => `${wordsId}/${index}`;

export interface WordsColumnsProps {
  words: readonly CircleWords[];
  /** Blocks chosen for the joint text; null while nobody is choosing. */
  chosen: ReadonlySet<string> | null;
  onChoose: (key: string, isChosen: boolean) => void;
}

/** All circles' words on one section beside each other; on a phone one after the other. */
export function WordsColumns({ words, chosen, onChoose }: WordsColumnsProps) {
  return (
    <div className="words-columns">
      {words.map((each) => (
        <WordsColumn key={each.wordsId} words={each} chosen={chosen} onChoose={onChoose} />
      ))}
    </div>
  );
}

function WordsColumn({ words, chosen, onChoose }: { words: CircleWords } & Omit<WordsColumnsProps, 'words'>) {
  const t = useText();
  const id = useId();
  return (
    <section className="card words-column" aria-labelledby={id}>
      <h2 id={id}>
        <bdi>{words.circle}</bdi> {words.isOwn && <span className="soft small">{t('words.mine')}</span>}
      </h2>
      {chosen === null ? (
        <BlocksView blocks={words.blocks} />
      ) : (
        <BlocksView
          blocks={words.blocks}
          around={(block, index) => {
            const key = blockKey(words.wordsId, index);
            return (
              <Checkbox
                className="words-choice"
                label={block}
                isChecked={chosen.has(key)}
                onChange={(isChecked) => onChoose(key, isChecked)}
              />
            );
          }}
        />
      )}
    </section>
  );
}
