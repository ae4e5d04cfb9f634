import type { CanonicalField, CanonicalSection } from '@longtable/shared/documents/canonical';
import type { Section } from '@longtable/shared/documents/template';
import type { RoomId } from '@longtable/shared/ids';
import type { ReactNode } from 'react';
import { useText } from '../../lib/use-text.ts';
import { useRoom } from '../../rooms/hooks.ts';
import type { RoomHandle } from '../../rooms/types.ts';
import { useSectionContent } from '../../rooms/use-section-content.ts';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import type { RoomsInUse } from './rooms-in-use.ts';
import { useRoomHandle } from './use-room-handle.ts';

export interface LiveSectionProps {
  rooms: RoomsInUse;
  /** The joint room of the section: no other is ever opened here. */
  together: RoomId;
  section: Section;
  /** `lifted`: rows that were set apart as still open. */
  show: (content: CanonicalSection, lifted: CanonicalField[]) => ReactNode;
}

/** The joint words of a section while they are being written, to read only. */
export function LiveSection({ rooms, together, section, show }: LiveSectionProps) {
  const t = useText();
  const handle = useRoomHandle(rooms, together);
  if (handle === null) return <Loading text={t('loading')} />;
  return <Live handle={handle} section={section} show={show} />;
}

type LiveProps = Pick<LiveSectionProps, 'section' | 'show'> & { handle: RoomHandle };

function Live({ handle, section, show }: LiveProps) {
  const t = useText();
  const view = useRoom(handle);
  const { content, lifted } = useSectionContent(handle.doc, section);
  if (view.closed !== null) return <Notice tone="stop">{t(`error.${view.closed}`)}</Notice>;
  if (!view.isReady) return <Loading text={t('loading')} />;
  if (content.blocks.length === 0 && content.fields.length === 0 && lifted.length === 0)
    return <p className="soft">{t('editor.nothingYet')}</p>;
  return show(content, lifted);
}
