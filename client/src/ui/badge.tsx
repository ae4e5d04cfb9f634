import type { ReactNode } from 'react';

export type BadgeShape = 'ring' | 'arrow' | 'tick' | 'stop';

/** Each shape is told apart without colour; the text beside it says the same. */
const paths: Record<BadgeShape, ReactNode> = {
  ring: <circle cx="8" cy="8" r="5" strokeDasharray="2.5 2" />,
  arrow: <path d="M8 13V4M4 8l4-4 4 4" />,
  tick: <path d="M3 8.5l3.5 3.5L13 4.5" />,
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
