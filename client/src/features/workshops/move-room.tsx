import { documentTitleId, sectionTitleId } from '@longtable/shared/documents/texts';
import { useId, useState } from 'react';
import type { Action } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { RoomPlace } from './here-view.ts';

export interface MoveRoomProps {
  places: readonly (RoomPlace & { isFirst: boolean })[];
  here: RoomPlace;
  moving: Action<[RoomPlace]>;
}

const keyOf = ({ documentId, section }: RoomPlace) => `${documentId}/${section.key}`;

/** For whoever keeps the process: says where the room is from now on. */
export function MoveRoom({ places, here, moving }: MoveRoomProps) {
  const t = useText();
  const aboutId = useId();
  const [chosen, setChosen] = useState(keyOf(here));
  const place = places.find((each) => keyOf(each) === chosen);
  const option = (each: RoomPlace) => (
    <option key={keyOf(each)} value={keyOf(each)}>
      {t('here.section', {
        number: each.section.number,
        section: t(sectionTitleId(each.kind, each.section.key)),
      })}
    </option>
  );
  const kinds = [...new Set(places.map(({ kind }) => kind))];
  return (
    <div className="stack is-tight">
      <p className="soft small" id={aboutId}>
        {t('here.moveAbout')}
      </p>
      <Field label={t('here.moveTo')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={chosen}
            autoComplete="off"
            onChange={(event) => setChosen(event.target.value)}
          >
            {kinds.map((kind) => {
              const first = places.filter((each) => each.kind === kind && each.isFirst);
              return (
                first.length > 0 && (
                  <optgroup key={kind} label={t(documentTitleId(kind))}>
                    {first.map(option)}
                  </optgroup>
                )
              );
            })}
            {kinds.map((kind) => {
              const rest = places.filter((each) => each.kind === kind && !each.isFirst);
              return (
                rest.length > 0 && (
                  <optgroup key={kind} label={t('here.moreOf', { document: t(documentTitleId(kind)) })}>
                    {rest.map(option)}
                  </optgroup>
                )
              );
            })}
          </select>
        )}
      </Field>
      {moving.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${moving.error}`)}
        </Notice>
      )}
      <div className="button-row">
        <Button
          isBusy={moving.isBusy}
          aria-describedby={aboutId}
          onClick={() => place && void moving.run(place)}
        >
          {t('here.moveDo')}
        </Button>
      </div>
    </div>
  );
}
