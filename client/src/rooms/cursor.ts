import type { CursorRange } from '@longtable/shared/protocol/socket/cursor';
import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';

/** A selection that keeps its place while others write around it. */
export interface RelativeRange {
  anchor: Y.RelativePosition;
  head: Y.RelativePosition;
}

export const encodeCursor = ({ anchor, head }: RelativeRange): NonNullable<CursorRange> => ({
  anchor: toBase64(Y.encodeRelativePosition(anchor)),
  head: toBase64(Y.encodeRelativePosition(head)),
});

/** Null for what is not a position: cursors are volatile, and the sender may be anyone. */
export function decodeCursor(range: NonNullable<CursorRange>): RelativeRange | null {
  try {
    return {
      anchor: Y.decodeRelativePosition(fromBase64(range.anchor)),
      head: Y.decodeRelativePosition(fromBase64(range.head)),
    };
  } catch {
    return null;
  }
}
