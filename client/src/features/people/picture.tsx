import type { Picture as PictureKey, Handle } from '@longtable/shared/protocol/http/people';
import { useText } from '../../lib/use-text.ts';
import { drawings } from './picture-drawings.tsx';
import './people.css';

export function Picture({ picture }: { picture: PictureKey }) {
  return (
    <svg className="picture" viewBox="0 0 32 32" aria-hidden="true">
      {drawings[picture]}
    </svg>
  );
}

/** A person as others inside their circle see them: the picture and, where they chose one, the name. */
export function Person({ handle }: { handle: Handle }) {
  const t = useText();
  return (
    <span className="person">
      <Picture picture={handle.picture} />
      <bdi>{handle.name ?? t(`picture.${handle.picture}`)}</bdi>
    </span>
  );
}
