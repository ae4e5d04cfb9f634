import type { ReactNode } from 'react';

/** Drawn on a field of 20 by 20. Those that point somewhere turn around where text runs from right to left. */
const icons = {
  undo: <path d="M7 4L3 8l4 4M3 8h8a5 5 0 010 10H8" />,
  redo: <path d="M13 4l4 4-4 4M17 8H9a5 5 0 000 10h3" />,
  bullet: <path d="M8 5h9M8 10h9M8 15h9M3.5 5h.1M3.5 10h.1M3.5 15h.1" strokeWidth="2.2" />,
  number: <path d="M9 5h8M9 10h8M9 15h8M3 3.5l1.5-.8v5M2.7 12.3c1-1.3 3-.8 2.6.7-.2.8-1.6 1.8-2.6 3h2.8" />,
  indent: <path d="M3 4h14M10 8h7M10 12h7M3 16h14M3 7.5L6 10l-3 2.5z" />,
  outdent: <path d="M3 4h14M10 8h7M10 12h7M3 16h14M6 7.5L3 10l3 2.5z" />,
  link: <path d="M8 12l4-4M9 6l2-2a3.5 3.5 0 015 5l-2 2M11 14l-2 2a3.5 3.5 0 01-5-5l2-2" />,
  bold: <path d="M6 4h5a3 3 0 010 6H6zM6 10h6a3 3 0 010 6H6z" strokeWidth="2.2" />,
  italic: <path d="M9 4h6M5 16h6M12 4L8 16" />,
} satisfies Record<string, ReactNode>;

export type ToolbarIcon = keyof typeof icons;

const directed: readonly ToolbarIcon[] = ['undo', 'redo', 'bullet', 'indent', 'outdent'];

export function Icon({ name }: { name: ToolbarIcon }) {
  return (
    <svg
      className={directed.includes(name) ? 'icon is-directed' : 'icon'}
      viewBox="0 0 20 20"
      aria-hidden="true"
    >
      {icons[name]}
    </svg>
  );
}
