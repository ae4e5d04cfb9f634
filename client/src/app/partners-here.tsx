import type { PartnerList as PartnerListing } from '@longtable/shared/protocol/http/partners';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { CodeCard } from '../features/circles/code-card.tsx';
import { AsksCard } from '../features/partners/asks-card.tsx';
import { InvitePartner } from '../features/partners/invite-partner.tsx';
import { PartnerList } from '../features/partners/partner-list.tsx';
import type { Loaded } from '../lib/use-loaded.ts';
import { useText } from '../lib/use-text.ts';
import { Notice } from '../ui/notice.tsx';
import { getLocale } from './locale-store.ts';

interface PartnersHereProps {
  seat: MySeat;
  table: Table;
  partners: Loaded<PartnerListing>;
}

/** Organisations that ask one's own circle for a seat, where that waits for an answer or can still change. */
export function PartnersAsking({ seat, partners: { data, reload } }: Omit<PartnersHereProps, 'table'>) {
  return data?.partners.map(
    ({ statement, own, ...partner }) =>
      statement &&
      own &&
      partner.state === 'asking' && (
        <AsksCard
          key={partner.id}
          seat={seat.seatId}
          partner={{ ...partner, statement, own }}
          onAnswered={reload}
        />
      ),
  );
}

/** Who was invited to this table, and the way to invite one more. */
export function PartnersHere({ seat, table, partners: { data, error, reload } }: PartnersHereProps) {
  const t = useText();
  return (
    <section className="card stack" aria-labelledby="partners-title">
      <h2 id="partners-title">{t('partners.title')}</h2>
      <p className="soft small">{t('partners.about')}</p>
      {error && <Notice tone="warn">{t(`error.${error}`)}</Notice>}
      {data && (
        <PartnerList
          seat={seat.seatId}
          partners={data.partners}
          isFacilitator={seat.role === 'facilitator'}
          onChanged={reload}
        />
      )}
      <details className="fold">
        <summary>{t('partners.invite')}</summary>
        <InvitePartner
          seat={seat.seatId}
          partnershipId={table.id}
          locale={getLocale().locale}
          showCode={(code, note) => <CodeCard key={code.code} code={code} note={note} />}
          onInvited={reload}
        />
      </details>
    </section>
  );
}
