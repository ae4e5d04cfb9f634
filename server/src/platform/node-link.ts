import { randomBytes } from 'node:crypto';

/**
 * What nodes say to each other, as fast as it goes. Any message may be lost, come late or twice, and losing it may
 * cost latency only. Whoever can write to it can ask nodes to look sooner or people to join again; nobody can put
 * words into it, since these come sealed.
 */
export interface NodeLink {
  /** Whether there may be other nodes at all. */
  readonly isShared: boolean;
  /** Drawn at each start. */
  readonly nodeId: string;
  send(channel: string, message: object): void;
  /** Hears what other nodes send, never one's own. @returns a function that ends it */
  listen(channel: string, hear: (message: unknown, from: string) => void): () => void;
  close(): Promise<void>;
}

export const newNodeId = (): string => randomBytes(8).toString('hex');

/** For a node that is alone. */
export function createNoLink(): NodeLink {
  return {
    isShared: false,
    nodeId: newNodeId(),
    send: () => {},
    listen: () => () => {},
    close: async () => {},
  };
}
