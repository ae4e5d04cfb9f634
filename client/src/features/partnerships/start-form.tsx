import { MAX_CIRCLES, MAX_TITLE_CHARACTERS } from '@longtable/shared/limits';
import type { TemplateKey } from '@longtable/shared/documents/template';
import { Locale } from '@longtable/shared/protocol/http/people';
import { Starter, type StartPartnership } from '@longtable/shared/protocol/http/partnerships';
import { useId, useState, type ReactNode } from 'react';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, Radio } from '../../ui/choice.tsx';
import { NumberInput, TextInput } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';

/** A table of one circle is a monologue; four is what most evenings have. */
const USUAL_CIRCLES = 4;

export interface StartFormProps {
  locale: Locale;
  /** The starter's own picture; null while there is none. */
  handle: StartPartnership['handle'] | null;
  /** Another feature's picker for it, told who is starting and whether to ask for what is missing. */
  handlePicker: (starter: Starter, isMissing: boolean) => ReactNode;
  isBusy: boolean;
  problem: string | null;
  onStart: (body: StartPartnership) => void;
}

export function StartForm({ locale, handle, handlePicker, isBusy, problem, onStart }: StartFormProps) {
  const t = useText();
  const group = useId();
  const [starter, setStarter] = useState<Starter>('facilitator');
  const [title, setTitle] = useState('');
  const [template, setTemplate] = useState<TemplateKey>('one-evening');
  const [circles, setCircles] = useState(USUAL_CIRCLES);
  const [locales, setLocales] = useState<readonly Locale[]>([locale]);
  const { form, isTried, refuse } = useRefusal();

  const titleError = isTried && title.trim() === '' ? t('start.titleMissing') : null;
  const localesError = isTried && locales.length === 0 ? t('start.localesMissing') : null;

  const submit = () => {
    if (title.trim() === '' || locales.length === 0 || handle === null) refuse();
    else onStart({ starter, title: title.trim(), template, locales: [...locales], circles, handle });
  };

  return (
    <Form ref={form} onSubmit={submit}>
      <fieldset className="stack is-tight">
        <legend className="field-label">{t('start.who')}</legend>
        <div className="cards-2">
          {Starter.options.map((key) => (
            <Radio
              key={key}
              look="card"
              group={`${group}-who`}
              label={t(`start.who.${key}`)}
              about={t(`start.who.${key}.about`)}
              isChecked={starter === key}
              onChoose={() => setStarter(key)}
            />
          ))}
        </div>
      </fieldset>

      <TextInput
        label={t('start.title')}
        hint={t('start.titleHint')}
        error={titleError}
        value={title}
        maxLength={MAX_TITLE_CHARACTERS}
        onChange={setTitle}
      />

      <fieldset className="stack is-tight">
        <legend className="field-label">{t('start.template')}</legend>
        <div className="cards-2">
          {(['one-evening', 'full'] satisfies TemplateKey[]).map((key) => (
            <Radio
              key={key}
              look="card"
              group={group}
              label={t(`template.${key}.name`)}
              about={t(`template.${key}.description`)}
              isChecked={template === key}
              onChoose={() => setTemplate(key)}
            />
          ))}
        </div>
      </fieldset>

      <NumberInput
        label={t('start.circles')}
        hint={t('start.circlesHint')}
        value={circles}
        min={1}
        max={MAX_CIRCLES}
        onChange={setCircles}
      />

      <fieldset>
        <legend className="field-label">{t('start.locales')}</legend>
        {Locale.options.map((option) => (
          <Checkbox
            key={option}
            label={t(`language.${option}`)}
            isInvalid={localesError !== null}
            describedBy={localesError === null ? undefined : `${group}-locales`}
            isChecked={locales.includes(option)}
            onChange={(isChecked) =>
              setLocales(
                Locale.options.filter((each) => (each === option ? isChecked : locales.includes(each))),
              )
            }
          />
        ))}
        {localesError && (
          <p className="field-error" role="alert" id={`${group}-locales`}>
            {localesError}
          </p>
        )}
      </fieldset>

      {handlePicker(starter, isTried && handle === null)}

      {problem && (
        <Notice tone="stop" isUrgent>
          {problem}
        </Notice>
      )}
      <Button type="submit" look="primary" isLarge isBusy={isBusy}>
        {t('start.submit')}
      </Button>
    </Form>
  );
}
