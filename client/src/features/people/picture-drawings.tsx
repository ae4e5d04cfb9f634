import type { Picture } from '@longtable/shared/protocol/http/people';
import type { ReactNode } from 'react';

/** One simple drawing for each picture, on a field of 32 by 32, drawn with a line of 2. */
export const drawings: Record<Picture, ReactNode> = {
  kite: <path d="M16 3l9 10-9 11-9-11zM16 3v21M7 13h18M16 24c-3 2 2 3-1 5" />,
  boat: <path d="M4 20h24l-4 7H8zM16 20V4l9 12H16M16 8l-7 8h7" />,
  leaf: <path d="M6 26C4 12 13 5 27 5c0 14-7 23-21 21zM6 26L19 13M12 20v-6M16 16h6" />,
  drum: (
    <path d="M5 10c0-3 5-5 11-5s11 2 11 5-5 5-11 5-11-2-11-5zM5 10v13c0 2 5 4 11 4s11-2 11-4V10M7 14l4 11M25 14l-4 11" />
  ),
  lamp: <path d="M12 5h8l6 12H6zM16 17v9M10 27h12" />,
  bird: <path d="M4 18c5 1 7-3 9-6 2-4 8-5 10-1l5 2-5 2c0 7-6 10-12 8zM12 23l-2 5M17 22l1 6M20 12v.2" />,
  cup: (
    <path d="M6 11h17v8a7 7 0 01-7 7h-3a7 7 0 01-7-7zM23 13h2a3 3 0 010 8h-3M11 3c-2 2 2 3 0 5M17 3c-2 2 2 3 0 5" />
  ),
  stone: <path d="M4 23c-1-6 3-13 9-14 8-2 14 5 15 12 0 4-4 5-12 5S4 26 4 23zM11 16c2-2 4-3 7-2" />,
  star: <path d="M16 3l4 9 9 1-7 6 2 10-8-5-8 5 2-10-7-6 9-1z" />,
  fish: <path d="M3 16c5-8 14-9 20 0-6 9-15 8-20 0zM23 16l6-6v12zM10 14v.2M15 11c2 3 2 7 0 10" />,
  tree: <path d="M16 29V16M16 22l-5-4M16 19l4-3M9 19a6 6 0 01-2-11 9 9 0 0118 0 6 6 0 01-2 11z" />,
  bell: <path d="M7 23c3-3 2-8 3-12a6 6 0 0112 0c1 4 0 9 3 12zM16 5V3M13 26a3 3 0 006 0" />,
  moon: <path d="M20 4a12 12 0 108 17A11 11 0 0120 4z" />,
  shell: (
    <path d="M16 27C8 25 3 18 4 12c3-6 7-7 12-7s9 1 12 7c1 6-4 13-12 15zM16 27V5M16 27L9 7M16 27l7-20M16 27L4 13M16 27l12-14" />
  ),
  cloud: <path d="M9 24a6 6 0 01-1-12 8 8 0 0115-2 7 7 0 011 14z" />,
  key: <path d="M4 16a6 6 0 1012 0 6 6 0 00-12 0zM16 16h12v6M23 16v4M10 16v.2" />,
  basket: <path d="M4 13h24l-3 14H7zM9 13c0-11 14-11 14 0M11 17l1 7M16 17v7M21 17l-1 7" />,
  river: <path d="M3 9c5-4 8 4 13 0s8 4 13 0M3 17c5-4 8 4 13 0s8 4 13 0M3 25c5-4 8 4 13 0s8 4 13 0" />,
  bridge: (
    <path d="M2 20h28M2 26c4 0 4-6 8-6M30 26c-4 0-4-6-8-6M11 26c0-6 10-6 10 0M5 20C8 6 24 6 27 20M11 20v-9M16 20V9M21 20v-9" />
  ),
  seed: <path d="M16 29V15M16 15C16 8 11 5 5 5c0 7 4 10 11 10zM16 19c0-5 4-8 10-8 0 6-4 8-10 8M10 29h12" />,
  sun: (
    <path d="M10 16a6 6 0 1012 0 6 6 0 00-12 0zM16 3v3M16 26v3M3 16h3M26 16h3M7 7l2 2M23 23l2 2M25 7l-2 2M9 23l-2 2" />
  ),
  door: <path d="M8 28V4h16v24M4 28h24M12 9h8v6h-8zM20 20v.2" />,
  thread: <path d="M10 4h12M10 24h12M12 4v20M20 4v20M12 9l8 3M12 14l8 3M12 19l8 3M20 22c6 2 3 7-4 7" />,
  mango: (
    <path d="M11 9c8-4 17 3 15 11s-12 10-18 5-4-13 3-16zM11 9c0-3 1-4 3-6M14 6c3-3 7-2 8-1-2 2-6 3-8 1z" />
  ),
};
