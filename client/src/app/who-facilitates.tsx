import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { FacilitatorCall } from '../features/circles/facilitator-call.tsx';
import { SecondFacilitator } from '../features/circles/second-facilitator.tsx';
import { useText } from '../lib/use-text.ts';

/** Who leads the evening when a device fails: asked of a facilitator before it happens, of circles after. */
export function WhoFacilitates({ seat, table }: { seat: MySeat; table: Table }) {
  const t = useText();
  if (table.hasSecondFacilitator !== undefined)
    return (
      <section className="card" aria-labelledby="second-title">
        <h2 id="second-title">{t('second.title')}</h2>
        <SecondFacilitator seat={seat.seatId} partnershipId={table.id} isThere={table.hasSecondFacilitator} />
      </section>
    );
  if (seat.circleId === null) return null;
  return (
    <details className="fold">
      <summary>{t('call.title')}</summary>
      <FacilitatorCall seat={seat.seatId} circleId={seat.circleId} partnershipId={table.id} />
    </details>
  );
}
