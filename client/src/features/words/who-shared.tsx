import { useText } from '../../lib/use-text.ts';
import { Badge } from '../../ui/badge.tsx';

export interface SharingCircle {
  id: string;
  name: string;
  isShared: boolean;
}

/** Which circles have put their words before the others. A circle that passes looks like one that has not yet. */
export function WhoShared({ circles }: { circles: readonly SharingCircle[] }) {
  const t = useText();
  if (circles.length === 0) return null;
  return (
    <ul className="plain-list who-shared" aria-label={t('words.whoShared')}>
      {circles.map(({ id, name, isShared }) => (
        <li key={id}>
          <bdi>{name}</bdi>{' '}
          <Badge shape={isShared ? 'tick' : 'ring'} tone={isShared ? 'good' : 'plain'}>
            {t(isShared ? 'words.isShared' : 'words.notYet')}
          </Badge>
        </li>
      ))}
    </ul>
  );
}
