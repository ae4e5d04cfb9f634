import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import { BrowserRouter, Route, Routes, useLocation } from 'react-router';
import { useText } from '../lib/use-text.ts';
import { ToastProvider } from '../ui/toasts.tsx';
import { Loading } from '../ui/spinner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { getLocale, subscribeLocale } from './locale-store.ts';
import { FirstPage } from './pages/first-page.tsx';
import { JoinPage } from './pages/join-page.tsx';
import { LeavingPage } from './pages/leaving-page.tsx';
import { NotFoundPage } from './pages/not-found-page.tsx';
import { PhoneBar } from './phone-bar.tsx';
import { PhoneGate } from './phone-gate.tsx';
import { SessionProvider } from './session.tsx';
import { TopBar } from './top-bar.tsx';

const StartPage = lazy(() => import('./pages/start-page.tsx').then((page) => ({ default: page.StartPage })));
const ReturnPage = lazy(() =>
  import('./pages/return-page.tsx').then((page) => ({ default: page.ReturnPage })),
);
const InvitedPage = lazy(() =>
  import('./pages/invited-page.tsx').then((page) => ({ default: page.InvitedPage })),
);
const SeatPages = lazy(() => import('./pages/seat-pages.tsx').then((page) => ({ default: page.SeatPages })));

export function App() {
  const { locale, messages, isFailed } = useSyncExternalStore(subscribeLocale, getLocale);
  if (messages === null) {
    // Without any texts there is nothing that could be said in words, except in every language at once.
    return isFailed ? (
      <p className="page" role="alert">
        Longtable · ⟳ ·{' '}
        <a className="button" href={location.pathname}>
          ↻
        </a>
      </p>
    ) : null;
  }
  return (
    <IntlProvider locale={locale} defaultLocale="en" messages={messages}>
      <ErrorBoundary>
        <BrowserRouter>
          <TopBar />
          <LanguageSwitch />
          <Toasts>
            <SessionProvider>
              <Suspense fallback={<PageLoading />}>
                <PhoneGate>
                  <PhoneBar />
                  <Routes>
                    <Route path="/" element={<FirstPage />} />
                    <Route path="/start" element={<StartPage />} />
                    <Route path="/join" element={<JoinPage />} />
                    <Route path="/return" element={<ReturnPage />} />
                    <Route path="/invited" element={<InvitedPage />} />
                    <Route path="/leaving" element={<LeavingPage />} />
                    <Route path="/s/:seatId/*" element={<SeatPages />} />
                    <Route path="*" element={<NotFoundPage />} />
                  </Routes>
                </PhoneGate>
              </Suspense>
            </SessionProvider>
          </Toasts>
        </BrowserRouter>
      </ErrorBoundary>
    </IntlProvider>
  );
}

function Toasts({ children }: { children: ReactNode }) {
  const t = useText();
  const { pathname } = useLocation();
  return (
    <ToastProvider closeLabel={t('close')} place={pathname}>
      {children}
    </ToastProvider>
  );
}

function PageLoading() {
  const t = useText();
  return (
    <main className="page" id="main" tabIndex={-1}>
      <Loading text={t('loading')} />
    </main>
  );
}
