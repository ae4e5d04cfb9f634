import type { ReactNode } from 'react';

export type BadgeShape = 'ring' | 'arrow' | 'tick' | 'stop' | 'circles' | 'wait' | 'change' | 'worry';

/** Each shape is told apart without colour; the text beside it says the same. */
const paths: Record<BadgeShape, ReactNode> = {
  ring: <circle cx="8" cy="8" r="5" strokeDasharray="2.5 2" />,
  arrow: <path d="M8 13V4M4 8l4-4 4 4" />,
  tick: <path d="M3 8.5l3.5 3.5L13 4.5" />,
  circles: (
    <path d="M8 2a2 2 0 110 4 2 2 0 010-4zM3.8 9.5a2 2 0 110 4 2 2 0 010-4zM12.2 9.5a2 2 0 110 4 2 2 0 010-4z" />
  ),
  wait: <path d="M4 2h8M4 14h8M5 2c0 4 6 4 6 12M11 2c0 4-6 4-6 12" />,
  change: <path d="M3 13l.8-3L11 2.8l2.2 2.2L6 12.2zM9 14h5" />,
  worry: <path d="M8 2.5l6.5 11.5h-13zM8 6.5v3.5M8 12v.2" />,
  stop: <path d="M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM8 5v3.5M8 11v.2" />,
};

export interface BadgeProps {
  shape: BadgeShape;
  tone?: 'plain' | 'good' | 'warn' | 'stop';
  children: ReactNode;
}

export function Badge({ shape, tone = 'plain', children }: BadgeProps) {
  return (
    <span className={tone === 'plain' ? 'badge' : `badge is-${tone}`}>
      <svg
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {paths[shape]}
      </svg>
      {children}
    </span>
  );
}
