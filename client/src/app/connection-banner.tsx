import { Link } from 'react-router';
import { useText } from '../lib/use-text.ts';
import { useConnection } from '../rooms/hooks.ts';
import type { TableConnection } from '../rooms/types.ts';
import { buttonClass } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { addresses } from './addresses.ts';

/** Stands in the page, above the text and never over it, for as long as the table cannot be reached. */
export function ConnectionBanner({ connection }: { connection: TableConnection }) {
  const t = useText();
  const { state } = useConnection(connection);
  return (
    <div role="status" className="connection" data-state={state}>
      {state === 'offline' && <Notice tone="warn">{t('connection.offline')}</Notice>}
      {state === 'signedOut' && (
        <Notice tone="stop">
          <p>{t('connection.signedOut')}</p>
          <Link className={buttonClass()} to={addresses.comeBack()}>
            {t('back.have')}
          </Link>
        </Notice>
      )}
      {state === 'oldClient' && (
        <Notice tone="stop">
          <p>{t('connection.oldClient')}</p>
          <a className="button" href={location.pathname}>
            {t('connection.reload')}
          </a>
        </Notice>
      )}
    </div>
  );
}
