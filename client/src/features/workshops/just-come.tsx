import type { CatchUp } from '@longtable/shared/protocol/http/here';
import { useState } from 'react';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { CatchUpLines } from './catch-up.tsx';

/** Above the section that somebody has just come to. Who comes first has missed nothing, and is told nothing. */
export function JustCome({ load }: { load: () => Promise<CatchUp> }) {
  const t = useText();
  const [isRead, setRead] = useState(false);
  const { data } = useLoaded(load);
  if (isRead || data === null || data.lines.some(({ line }) => line === 'nothing')) return null;
  return (
    <section className="card just-come" aria-labelledby="just-come">
      <h2 id="just-come">{t('catchUp.title')}</h2>
      <CatchUpLines {...data} />
      <div className="button-row">
        <Button look="quiet" onClick={() => setRead(true)}>
          {t('catchUp.done')}
        </Button>
      </div>
    </section>
  );
}
