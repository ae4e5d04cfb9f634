import type { MySeat } from '@longtable/shared/protocol/http/people';
import { WayBackPanel } from '../features/people/way-back-panel.tsx';
import { useText } from '../lib/use-text.ts';
import { QrCode } from '../ui/qr-code.tsx';
import { getLocale } from './locale-store.ts';
import { useSession } from './session.tsx';

export function SeatWayBack({ seat }: { seat: MySeat }) {
  const t = useText();
  const { reload } = useSession();
  return (
    <WayBackPanel
      seat={seat.seatId}
      has={seat.waysBack}
      locale={getLocale().locale}
      showQr={(url) => <QrCode text={url} label={t('code.qr')} />}
      onMade={reload}
    />
  );
}
