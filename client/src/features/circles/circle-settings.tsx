import type { SeatId } from '@longtable/shared/ids';
import { MAX_NAME_CHARACTERS } from '@longtable/shared/limits';
import { CircleKind, type CircleInside } from '@longtable/shared/protocol/http/circles';
import { useCallback, useState } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextInput } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { describeCircle } from './circles-api.ts';
import { isTellingName } from './telling-name.ts';

export interface CircleSettingsProps {
  seat: SeatId;
  circle: CircleInside;
  /** Names that other circles at the table have. */
  takenNames: readonly string[];
  onChanged: () => Promise<void>;
}

/** The name is for outside, the kind for inside only; each box says which. */
export function CircleSettings({ seat, circle, takenNames, onChanged }: CircleSettingsProps) {
  const t = useText();
  const [name, setName] = useState(circle.name ?? '');
  const [kind, setKind] = useState<CircleKind | ''>(circle.kind ?? '');
  const toast = useToast();
  const isTaken = takenNames.some((taken) => taken.toLowerCase() === name.trim().toLowerCase());

  const save = useAction(
    useCallback(async () => {
      const trimmed = name.trim();
      await describeCircle(seat, circle.id, {
        ...(trimmed !== '' && trimmed !== circle.name ? { name: trimmed } : {}),
        ...(kind !== '' && kind !== circle.kind ? { kind } : {}),
      });
      await onChanged();
      // A toast: what was kept comes back as a fresh form, and a word of this one's would go with it.
      toast(t('circle.saved'));
    }, [seat, circle, name, kind, onChanged, toast, t]),
  );

  return (
    <Form
      onSubmit={() => {
        void save.run();
      }}
    >
      <TextInput
        label={t('circle.name')}
        hint={circle.name === null ? undefined : t('circle.nameHint')}
        value={name}
        maxLength={MAX_NAME_CHARACTERS}
        onChange={setName}
      />
      {circle.name === null && (
        <div className="stack is-tight" role="group" aria-label={t('naming.examples')}>
          <p className="soft small">{t('naming.examples')}</p>
          <div className="button-row">
            {t('naming.names')
              .split('|')
              .filter((example) => !takenNames.includes(example))
              .map((example) => (
                <Button key={example} aria-pressed={name === example} onClick={() => setName(example)}>
                  {example}
                </Button>
              ))}
          </div>
        </div>
      )}
      <div role="status">
        {isTaken ? (
          <Notice tone="warn">{t('naming.taken')}</Notice>
        ) : (
          isTellingName(name, t('naming.tellingWords')) && <Notice tone="warn">{t('naming.telling')}</Notice>
        )}
      </div>
      <Select
        label={t('circle.kind')}
        hint={t('circle.kindHint')}
        value={kind}
        options={[
          { value: '', label: t('circle.kindNone') },
          ...CircleKind.options.map((option) => ({ value: option, label: t(`group.${option}`) })),
        ]}
        onChange={(value) => setKind(CircleKind.safeParse(value).data ?? '')}
      />
      {save.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${save.error}`)}
        </Notice>
      )}
      <div className="button-row">
        <Button type="submit" isBusy={save.isBusy}>
          {t('circle.save')}
        </Button>
      </div>
    </Form>
  );
}
