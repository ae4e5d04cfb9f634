import type { CatchUp as CatchUpAnswer } from '@longtable/shared/protocol/http/here';
import { useEffect, useRef, useState } from 'react';
import { useIntl } from 'react-intl';
import { readAloud, type Reading } from '../../lib/read-aloud.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { sayLine, spoken } from './catch-up-text.ts';
import './workshops.css';

/** What happened so far, for whoever asks. */
export function CatchUp({ load }: { load: () => Promise<CatchUpAnswer> }) {
  const t = useText();
  const { data, error, reload } = useLoaded(load);

  if (data === null)
    return error ? (
      <Notice tone="warn">
        <p>{t(`error.${error}`)}</p>
        <Button onClick={() => void reload()}>{t('tryAgain')}</Button>
      </Notice>
    ) : (
      <Loading text={t('loading')} />
    );

  return <CatchUpLines {...data} />;
}

/** At most five lines, to read or to hear. */
export function CatchUpLines({ lines }: CatchUpAnswer) {
  const t = useText();
  const intl = useIntl();
  const said = lines.map((line) => sayLine(t, (names) => intl.formatList(names, { type: 'unit' }), line));
  return (
    <div className="stack is-tight">
      <ol className="catch-up">
        {said.map(({ ours, theirs }, index) => (
          <li key={index}>
            {ours} {theirs !== null && <q dir="auto">{theirs}</q>}
          </li>
        ))}
      </ol>
      <ReadAloud key={intl.locale} lines={said.map(spoken)} language={intl.locale} />
    </div>
  );
}

function ReadAloud({ lines, language }: { lines: readonly string[]; language: string }) {
  const t = useText();
  const [state, setState] = useState<'quiet' | 'reading' | 'noVoice'>('quiet');
  const reading = useRef<Reading | null>(null);
  useEffect(() => () => reading.current?.stop(), []);

  const start = () => {
    setState('reading');
    reading.current = readAloud(lines, language, {
      onEnd: () => setState('quiet'),
      onNoVoice: () => setState('noVoice'),
    });
  };
  return (
    <>
      <div className="button-row">
        {state === 'reading' ? (
          <Button onClick={() => reading.current?.stop()}>{t('catchUp.stop')}</Button>
        ) : (
          <Button onClick={start}>{t('catchUp.read')}</Button>
        )}
      </div>
      <div role="status">{state === 'noVoice' && <Notice>{t('catchUp.noVoice')}</Notice>}</div>
    </>
  );
}
