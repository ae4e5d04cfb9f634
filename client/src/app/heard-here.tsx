import type { Section } from '@longtable/shared/documents/template';
import type { CircleId, DocumentId, SeatId } from '@longtable/shared/ids';
import type { HeardMark } from '@longtable/shared/protocol/http/heard';
import { useCallback, useState } from 'react';
import { fetchCircle } from '../features/circles/circles-api.ts';
import { Person } from '../features/people/picture.tsx';
import { fetchCircleHeard, markHeard } from '../features/rounds/heard-api.ts';
import { HeardPanel } from '../features/rounds/heard-panel.tsx';
import { markOf } from '../features/rounds/heard-view.ts';
import { NotSafe } from '../features/rounds/not-safe.tsx';
import { useAction } from '../lib/use-action.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { Loading } from '../ui/spinner.tsx';
import { SupportChoice } from './support-choice.tsx';

/** Somebody else in the circle may answer, or choose, meanwhile. */
const LOOK_AGAIN_MS = 20_000;

export interface HeardHereProps {
  seat: SeatId;
  circleId: CircleId;
  documentId: DocumentId;
  section: Section;
  onMarked?: () => Promise<void>;
}

/** Beside a starred section: what the own circle says of itself, and whom it turns to. */
export function HeardHere({ seat, circleId, documentId, section, onMarked }: HeardHereProps) {
  const t = useText();
  const [isChoosing, setChoosing] = useState(false);
  const { data, error, reload } = useLoaded(
    useCallback(async () => {
      const [circle, heard] = await Promise.all([
        fetchCircle(seat, circleId),
        fetchCircleHeard(seat, circleId),
      ]);
      return { circle, heard };
    }, [seat, circleId]),
    LOOK_AGAIN_MS,
  );
  const marking = useAction(
    useCallback(
      async (mark: HeardMark | null) => {
        await markHeard(seat, circleId, { documentId, section: section.key, mark });
        await Promise.all([reload(), onMarked?.()]);
      },
      [seat, circleId, documentId, section.key, reload, onMarked],
    ),
  );
  const chosen = useCallback(async () => {
    await reload();
    setChoosing(false);
  }, [reload]);

  if (data === null)
    return error ? (
      <Notice tone="warn">
        <p>{t(`error.${error}`)}</p>
        <Button onClick={() => void reload()}>{t('tryAgain')}</Button>
      </Notice>
    ) : (
      <Loading text={t('loading')} />
    );

  const { circle, heard } = data;
  const { support } = heard;
  const supporter = circle.members.find(
    ({ seatId }) => support?.kind === 'seat' && support.seatId === seatId,
  );
  return (
    <>
      <HeardPanel
        mark={markOf(heard, documentId, section.key)}
        marking={marking}
        notSafe={
          <NotSafe
            support={support}
            person={
              supporter && (
                <>
                  <Person handle={supporter.handle} /> {supporter.seatId === seat && t('support.me')}
                </>
              )
            }
            onChoose={() => setChoosing(true)}
          />
        }
      />
      <Dialog
        isOpen={isChoosing}
        onClose={() => setChoosing(false)}
        title={t('support.title')}
        closeLabel={t('close')}
      >
        <SupportChoice seat={seat} circle={circle} support={support} onChosen={chosen} />
      </Dialog>
    </>
  );
}
