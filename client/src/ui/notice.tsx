import { useEffect, useRef, type ReactNode } from 'react';

export interface NoticeProps {
  tone?: 'plain' | 'warn' | 'stop';
  /** Read out at once. For what a person must know now, not for what was there when the page opened. */
  isUrgent?: boolean;
  children: ReactNode;
}

const marks = { plain: 'i', warn: '!', stop: '×' } as const;

export function Notice({ tone = 'plain', isUrgent = false, children }: NoticeProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isUrgent) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isUrgent]);
  return (
    <div
      ref={ref}
      className={tone === 'plain' ? 'notice' : `notice is-${tone}`}
      {...(isUrgent ? { role: 'alert' } : {})}
    >
      <strong aria-hidden="true">{marks[tone]}</strong>
      <div>{children}</div>
    </div>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className="empty">{children}</div>;
}
