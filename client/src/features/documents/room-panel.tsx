import { fieldsFor } from '@longtable/shared/documents/rooms';
import type { DocumentKind, FieldAudience, Section } from '@longtable/shared/documents/template';
import { sectionTitleId } from '@longtable/shared/documents/texts';
import type { RoomId } from '@longtable/shared/ids';
import { lazy, Suspense, useId } from 'react';
import type { LabelOf } from '../../lib/quote-labels.ts';
import { useText } from '../../lib/use-text.ts';
import { useRoom } from '../../rooms/hooks.ts';
import type { RoomHandle } from '../../rooms/types.ts';
import { Badge } from '../../ui/badge.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { FieldView } from './fields/field-view.tsx';
import { RefusedWords } from './refused-words.tsx';
import type { RoomsInUse } from './rooms-in-use.ts';
import { SavedBadge } from './saved-badge.tsx';
import { useRoomHandle } from './use-room-handle.ts';
import { WhoCanSee } from './who-can-see.tsx';

/** By far the largest part of the client: fetched when somebody opens a section, not before. */
const RichEditor = lazy(() =>
  import('./editor/rich-editor.tsx').then((module) => ({ default: module.RichEditor })),
);

export interface RoomPanelProps {
  rooms: RoomsInUse;
  room: RoomId;
  kind: DocumentKind;
  section: Section;
  audience: FieldAudience;
  labelOf: LabelOf;
}

/** One section for one audience: its text and its fields, who can see them, and where the words are. */
export function RoomPanel(props: RoomPanelProps) {
  const t = useText();
  const handle = useRoomHandle(props.rooms, props.room);
  return handle === null ? <Loading text={t('loading')} /> : <OpenRoom {...props} handle={handle} />;
}

function OpenRoom({ handle, kind, section, audience, labelOf }: RoomPanelProps & { handle: RoomHandle }) {
  const t = useText();
  const seenId = useId();
  const view = useRoom(handle);
  const fields = fieldsFor(section, audience);

  if (view.closed !== null)
    return (
      <div className="stack">
        <Notice tone="stop" isUrgent>
          <p>{t('room.closed')}</p>
          <p>{t(`error.${view.closed}`)}</p>
        </Notice>
        {view.refused && <RefusedWords refused={view.refused} onDismiss={() => handle.dismissRefused()} />}
      </div>
    );

  return (
    <div className="stack">
      <div className="room-head">
        <WhoCanSee audience={audience} id={seenId} />
        <span className="room-state">
          {view.crowd !== null && (
            <span className="small soft">{t('room.crowd', { count: view.crowd })}</span>
          )}
          <SavedBadge saved={view.saved} />
        </span>
      </div>
      {view.isReady && !view.canWrite && (
        <p>
          <Badge shape="stop">{t('room.readOnly')}</Badge>
        </p>
      )}
      {view.refused && <RefusedWords refused={view.refused} onDismiss={() => handle.dismissRefused()} />}
      <Suspense fallback={<Loading text={t('loading')} />}>
        <RichEditor
          handle={handle}
          view={view}
          label={t('editor.label', { section: t(sectionTitleId(kind, section.key)) })}
          describedBy={seenId}
          labelOf={labelOf}
          place={t(audience === 'circle' ? 'writing.ownCircle' : 'writing.together')}
          placeholder={t(
            !view.isReady
              ? 'editor.opening'
              : view.canWrite
                ? `editor.placeholder.${audience}`
                : 'editor.nothingYet',
          )}
        />
      </Suspense>
      {fields.map((field) => (
        <FieldView
          key={field.key}
          doc={handle.doc}
          kind={kind}
          section={section}
          field={field}
          canWrite={view.isReady && view.canWrite}
        />
      ))}
    </div>
  );
}
