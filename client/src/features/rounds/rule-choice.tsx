import type { CircleId, SeatId } from '@longtable/shared/ids';
import { CircleRule, type Rule } from '@longtable/shared/protocol/http/rounds';
import { useCallback, useId } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
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
            <label key={option} className="choice-card">
              <input
                type="radio"
                name={group}
                checked={data.rule === option}
                onChange={() => void choosing.run({ ...data, rule: option })}
              />
              <span>
                <strong>{t(`rule.${option}`)}</strong>
                <br />
                <span className="soft small">{t(`rule.${option}About`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {data && (
        <label className="choice-card">
          <input
            type="checkbox"
            autoComplete="off"
            checked={data.isReleased}
            onChange={() => void choosing.run({ ...data, isReleased: !data.isReleased })}
          />
          <span>
            <strong>{t('rule.release')}</strong>
            <br />
            <span className="soft small">{t('rule.releaseAbout')}</span>
          </span>
        </label>
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
