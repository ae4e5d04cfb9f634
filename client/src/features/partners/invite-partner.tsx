import type { PartnershipId, SeatId } from '@longtable/shared/ids';
import { MAX_NAME_CHARACTERS } from '@longtable/shared/limits';
import type { InvitedPartner } from '@longtable/shared/protocol/http/partners';
import { Locale } from '@longtable/shared/protocol/http/people';
import { useCallback, useState, type ReactNode } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextInput } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { invitePartner } from './partners-api.ts';

export interface InvitePartnerProps {
  seat: SeatId;
  partnershipId: PartnershipId;
  locale: Locale;
  /** Another feature's card for a fresh code. */
  showCode: (code: { code: string; url: string }, note: string) => ReactNode;
  onInvited: () => Promise<void>;
}

export function InvitePartner({ seat, partnershipId, locale, showCode, onInvited }: InvitePartnerProps) {
  const t = useText();
  const [name, setName] = useState('');
  const [language, setLanguage] = useState<Locale>(locale);
  const [invited, setInvited] = useState<InvitedPartner | null>(null);
  const { form, isTried, refuse } = useRefusal();
  const isMissing = name.trim() === '';
  const invite = useAction(
    useCallback(async () => {
      setInvited(await invitePartner(seat, partnershipId, { name: name.trim(), locale: language }));
      setName('');
      await onInvited();
    }, [seat, partnershipId, name, language, onInvited]),
  );
  return (
    <Form
      ref={form}
      onSubmit={() => {
        if (isMissing) refuse();
        else void invite.run();
      }}
    >
      <TextInput
        label={t('partners.name')}
        hint={t('partners.nameHint')}
        error={isTried && isMissing && !invited ? t('partners.nameMissing') : null}
        value={name}
        maxLength={MAX_NAME_CHARACTERS}
        onChange={setName}
      />
      <Select
        label={t('partners.locale')}
        value={language}
        options={Locale.options.map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(value) => setLanguage(Locale.parse(value))}
      />
      {invite.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${invite.error}`)}
        </Notice>
      )}
      <Button type="submit" isBusy={invite.isBusy}>
        {t('partners.make')}
      </Button>
      {invited && showCode(invited, t('partners.linkNote'))}
    </Form>
  );
}
