import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { buttonClass } from '../../ui/button.tsx';

export interface MessagePageProps {
  title: string;
  about: string;
  /** What else must be known before going on. */
  notice?: ReactNode;
  /** The one way on from here. */
  to: string;
  toLabel: string;
  /** Another way on, beside it. */
  children?: ReactNode;
}

/** A page that says one thing and leads on. */
export function MessagePage({ title, about, notice, to, toLabel, children }: MessagePageProps) {
  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{title}</h1>
      <p>{about}</p>
      {notice}
      <p className="button-row">
        <Link className={buttonClass('primary')} to={to} replace>
          {toLabel}
        </Link>
        {children}
      </p>
    </main>
  );
}
