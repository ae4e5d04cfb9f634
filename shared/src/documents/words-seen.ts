import { toHexString } from 'lib0/buffer';
import { digest } from 'lib0/hash/sha256';
import { canonicalBytes } from './canonical-bytes.ts';
import type { CanonicalBlock } from './canonical.ts';

/**
 * Names what somebody saw of a circle's own page, so that nothing else is shared in its name. Made in JavaScript:
 * browsers lend their own only to pages that came by https, and a table may stand in a room without.
 */
export const wordsSeen = (blocks: readonly CanonicalBlock[]): string =>
  toHexString(digest(canonicalBytes({ v: 1, section: '', blocks: [...blocks], fields: [] })));

/** Whether there is anything to share. */
export const hasWords = (blocks: readonly CanonicalBlock[]): boolean =>
  blocks.some(({ runs }) => runs.some(({ text }) => text.trim() !== ''));
