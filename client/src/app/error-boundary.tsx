import { Component, type ReactNode } from 'react';
import { useText } from '../lib/use-text.ts';
import { Notice } from '../ui/notice.tsx';

interface State {
  isBroken: boolean;
}

/** Says what became of people's words. Nothing about the fault is shown or sent: it could hold some of them. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { isBroken: false };

  static getDerivedStateFromError(): State {
    return { isBroken: true };
  }

  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const t = useText();
  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{t('broken.title')}</h1>
      <Notice tone="stop" isUrgent>
        <p>{t('broken.saved')}</p>
        <p>{t('broken.unsaved')}</p>
      </Notice>
      <p>
        <a className="button is-primary" href="/">
          {t('broken.again')}
        </a>
      </p>
    </main>
  );
}
