import type { CanonicalBlock } from '@longtable/shared/documents/canonical';
import type { RoomId } from '@longtable/shared/ids';
import { useState } from 'react';
import { placeBlocks, type Placing } from '../features/documents/place-blocks.ts';
import type { RoomsInUse } from '../features/documents/rooms-in-use.ts';
import { blockKey, type CircleWords } from '../features/words/words-columns.tsx';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

export interface ChooseWordsProps {
  rooms: RoomsInUse;
  together: RoomId;
  words: readonly CircleWords[];
  /** Null while nobody is choosing. */
  chosen: ReadonlySet<string> | null;
  /** A circle has not shared: it may still be writing its own. */
  isAnybodyMissing: boolean;
  onChange: (chosen: ReadonlySet<string> | null) => void;
}

/** Brings chosen words of circles into the joint text, where they stand as quotes under the circle's name. */
export function ChooseWords({
  rooms,
  together,
  words,
  chosen,
  isAnybodyMissing,
  onChange,
}: ChooseWordsProps) {
  const t = useText();
  const [placing, setPlacing] = useState<Placing | null>(null);
  const isGoing = placing?.state === 'opening' || placing?.state === 'sending';
  const bring = () => {
    if (chosen === null || chosen.size === 0) return;
    placeBlocks(rooms, together, quotesOf(words, chosen), (now) => {
      setPlacing(now);
      if (now.state === 'placed') onChange(null);
    });
  };
  if (chosen === null)
    return (
      <div className="stack is-tight">
        <p role="status">{placing?.state === 'placed' && t('words.areTogether')}</p>
        <div className="button-row">
          <Button
            onClick={() => {
              setPlacing(null);
              onChange(new Set());
            }}
          >
            {t('words.choose')}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="words-bar">
      <p role="status">{isGoing ? t('box.goes') : t('words.chosen', { count: chosen.size })}</p>
      {isAnybodyMissing && <p className="soft small">{t('words.missing')}</p>}
      {placing?.state === 'refused' && (
        <Notice tone="stop" isUrgent>
          {t(placing.code === 'readOnly' ? 'words.fixed' : `error.${placing.code}`)}
        </Notice>
      )}
      <div className="button-row">
        <Button
          look="primary"
          isBusy={isGoing}
          aria-disabled={chosen.size === 0 || undefined}
          onClick={bring}
        >
          {t('words.bring')}
        </Button>
        {!isGoing && <Button onClick={() => onChange(null)}>{t('words.askNo')}</Button>}
      </div>
    </div>
  );
}

/** In the order in which they are read, each under its own source. */
const quotesOf = (words: readonly CircleWords[], chosen: ReadonlySet<string>): CanonicalBlock[] =>
  words.flatMap(({ wordsId, blocks }) =>
    blocks.flatMap(({ runs }, index): CanonicalBlock[] =>
      chosen.has(blockKey(wordsId, index)) ? [{ kind: 'quote', cites: wordsId, runs }] : [],
    ),
  );
