import type { CircleId, SeatId } from '@longtable/shared/ids';
import { CircleRule, type Rule } from '@longtable/shared/protocol/http/rounds';
import { useCallback, useId } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Checkbox, Radio } from '../../ui/choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { chooseRule, fetchRule } from './rounds-api.ts';

export interface RuleChoiceProps {
  seat: SeatId;
  circleId: CircleId;
  onChosen?: () => Promise<void>;
}

/** How a circle answers, chosen and known inside it, and outside in exports where it lets that out. */
export function RuleChoice({ seat, circleId, onChosen }: RuleChoiceProps) {
  const t = useText();
  const toast = useToast();
  const group = useId();
  const { data, error, reload } = useLoaded(useCallback(() => fetchRule(seat, circleId), [seat, circleId]));
  const choosing = useAction(
    useCallback(
      async (rule: Rule) => {
        await chooseRule(seat, circleId, rule);
        await Promise.all([reload(), onChosen?.()]);
        toast(t('circle.saved'));
      },
      [seat, circleId, reload, onChosen, toast, t],
    ),
  );
  const problem = choosing.error ?? error;
  return (
    <div className="stack">
      <p className="soft small">{t('rule.about')}</p>
      {data && (
        <fieldset className="stack is-tight">
          <legend className="sr-only">{t('rule.title')}</legend>
          {CircleRule.options.map((option) => (
            <Radio
              key={option}
              look="card"
              group={group}
              label={t(`rule.${option}`)}
              about={t(`rule.${option}About`)}
              isChecked={data.rule === option}
              onChoose={() => void choosing.run({ ...data, rule: option })}
            />
          ))}
        </fieldset>
      )}
      {data && (
        <Checkbox
          look="card"
          label={t('rule.release')}
          about={t('rule.releaseAbout')}
          isChecked={data.isReleased}
          onChange={(isReleased) => void choosing.run({ ...data, isReleased })}
        />
      )}
      {!data && !error && <Loading text={t('loading')} />}
      <p className="soft small">{t('rule.shared')}</p>
      {problem && (
        <Notice tone="stop" isUrgent>
          {t(`error.${problem}`)}
        </Notice>
      )}
    </div>
  );
}
