import { useText } from '../lib/use-text.ts';
import { useSession } from './session.tsx';

/** One sentence: who runs this server, as far as they say. */
export function WhoRuns() {
  const t = useText();
  const { me } = useSession();
  return me.operator === null
    ? t('first.noOperator', { host: location.host })
    : t('first.operator', { operator: me.operator });
}
