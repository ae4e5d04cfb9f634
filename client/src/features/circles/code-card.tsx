import { useState, type ReactNode } from 'react';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import './circles.css';

export interface CodeCardProps {
  code: { code: string; url: string };
  note: string;
  /** What to do where it gets lost; left out, making a new one. */
  lost?: string;
  /** What else can be done with the code while it is known. */
  children?: ReactNode;
}

/** A fresh code, shown once. The page does not keep it and the server cannot show it again. */
export function CodeCard({ code, note, lost, children }: CodeCardProps) {
  const t = useText();
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code.url);
      setCopied('yes');
    } catch {
      setCopied('no');
    }
  };

  return (
    <div className="code-card">
      <QrCode text={code.url} label={t('code.qr')} />
      <div className="stack is-tight">
        <p>{t('code.typeIt')}</p>
        <p className="code-text">
          <bdi dir="ltr">{code.code}</bdi>
        </p>
        <p className="soft small">{note}</p>
        <div className="button-row">
          <Button onClick={() => void copy()}>{t('code.copy')}</Button>
          <span role="status" className="small">
            {copied === 'yes' && t('code.copied')}
            {copied === 'no' && t('code.copyFailed')}
          </span>
        </div>
        {copied === 'no' && (
          <input
            className="input"
            readOnly
            dir="ltr"
            value={code.url}
            onFocus={(event) => event.target.select()}
          />
        )}
        <p className="soft small">{lost ?? t('code.once')}</p>
        {children}
      </div>
    </div>
  );
}
