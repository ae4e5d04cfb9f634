import type { FieldAudience } from '@longtable/shared/documents/template';
import type { RoomId } from '@longtable/shared/ids';
import { useEffect, useId, useSyncExternalStore } from 'react';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { PrivateBoxes } from './private-boxes.ts';
import { WhoCanSee } from './who-can-see.tsx';

export interface PrivateBoxProps {
  boxes: PrivateBoxes;
  /** Names the box: a document's section. */
  place: string;
  label: string;
  together: RoomId;
  ownCircle: RoomId;
  /** Whoever opened it has read its name. */
  isLabelHidden: boolean;
  /** The joint text can be written in: it is not before the circles now. */
  isTogetherOpen: boolean;
  /** Shows the text that the words have gone to. */
  onPut: (to: FieldAudience) => void;
}

/** Write, then put on the table: nothing leaves this box before the person says where it goes. */
export function PrivateBox({
  boxes,
  place,
  label,
  together,
  ownCircle,
  isLabelHidden,
  isTogetherOpen,
  onPut,
}: PrivateBoxProps) {
  const t = useText();
  const id = useId();
  const box = useSyncExternalStore(boxes.subscribe, () => boxes.get(place));
  const { text, going, error, wentTo } = box;
  const isWaiting =
    going?.how.state === 'opening' || (going?.how.state === 'sending' && going.how.saved === 'device');

  useEffect(() => {
    if (wentTo) onPut(wentTo);
  }, [wentTo, onPut]);
  useEffect(() => () => boxes.read(place), [boxes, place]);

  return (
    <div className="private-box">
      <label className={isLabelHidden ? 'sr-only' : 'field-label'} htmlFor={id}>
        {label}
      </label>
      <WhoCanSee audience="self" id={`${id}-seen`} />
      <textarea
        className="input"
        id={id}
        rows={3}
        dir="auto"
        value={text}
        readOnly={going !== null}
        aria-describedby={`${id}-seen ${id}-kept`}
        onChange={(event) => boxes.write(place, event.target.value)}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="sentences"
        spellCheck={false}
        translate="no"
        data-1p-ignore=""
        data-lpignore="true"
        data-gramm="false"
      />
      <p className="soft small" id={`${id}-kept`}>
        {t('box.notSaved')}
      </p>
      {text.trim() !== '' && going === null && (
        <div className="button-row">
          <Button look="primary" onClick={() => boxes.put(place, 'circle', ownCircle)}>
            {t('box.toCircle')}
          </Button>
          {isTogetherOpen && (
            <Button onClick={() => boxes.put(place, 'partnership', together)}>{t('box.toTogether')}</Button>
          )}
        </div>
      )}
      {going !== null && (
        <div className="stack is-tight">
          <p role="status">{t(isWaiting ? 'box.waits' : 'box.goes')}</p>
          {going.how.state === 'opening' && (
            <div className="button-row">
              <Button onClick={() => boxes.stay(place)}>{t('box.stay')}</Button>
            </div>
          )}
        </div>
      )}
      <p role="status" className={wentTo ? 'small' : 'sr-only'}>
        {wentTo && t(`box.wentTo.${wentTo}`)}
      </p>
      {error && (
        <Notice tone="stop" isUrgent>
          <p>
            <strong>{t('box.notTaken')}</strong> {t(`error.${error}`)}
          </p>
        </Notice>
      )}
    </div>
  );
}
