import type { FieldAudience } from '@longtable/shared/documents/template';
import { useText } from '../../lib/use-text.ts';

/** Stands on every box, where one writes. */
export function WhoCanSee({ audience, id }: { audience: FieldAudience | 'self'; id?: string }) {
  const t = useText();
  return (
    <p className="who-can-see" data-audience={audience} id={id}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        {audience === 'self' ? (
          <path d="M6 2h8v16H6zM9 15.5h2" />
        ) : audience === 'circle' ? (
          <path d="M5 9h10v8H5zM7 9V6a3 3 0 016 0v3" />
        ) : (
          <path d="M2 10c4-7 12-7 16 0-4 7-12 7-16 0zM7.5 10a2.5 2.5 0 105 0 2.5 2.5 0 00-5 0z" />
        )}
      </svg>
      {t(`audience.${audience}`)}
    </p>
  );
}
