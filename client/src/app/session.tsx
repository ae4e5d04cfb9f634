import type { Me, MySeat } from '@longtable/shared/protocol/http/people';
import { createContext, useContext, type ReactNode } from 'react';
import { fetchMe } from '../features/people/people-api.ts';
import type { RequestErrorCode } from '../lib/http.ts';
import { useAction } from '../lib/use-action.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Loading } from '../ui/spinner.tsx';

interface Session {
  me: Me;
  /** Why the newest question got no answer: `me` may be older than what this device has done since. */
  error: RequestErrorCode | null;
  reload: () => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('no session here');
  return session;
}

/** Nothing is painted before the server has said which seats this device still has. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const t = useText();
  const { data, error, reload } = useLoaded(fetchMe);
  if (data !== null) return <SessionContext value={{ me: data, error, reload }}>{children}</SessionContext>;
  if (error === null) return <Loading text={t('loading')} />;
  return <SessionUnknown error={error} reload={reload} />;
}

/** It could not be asked which seats this device has: that is no reason to say that there are none. */
export function SessionUnknown({ error, reload }: { error: RequestErrorCode; reload: () => Promise<void> }) {
  const t = useText();
  const again = useAction(reload);
  return (
    <main className="page" id="main" tabIndex={-1}>
      <Notice tone="warn" isUrgent>
        <p>{t(`error.${error}`)}</p>
        <Button isBusy={again.isBusy} onClick={() => void again.run()}>
          {t('tryAgain')}
        </Button>
      </Notice>
    </main>
  );
}

/** Seats that stand for something now: a refused one is over. */
export const livingSeats = (me: Me): MySeat[] => me.seats.filter((seat) => seat.state !== 'refused');
