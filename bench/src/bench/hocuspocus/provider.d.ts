import type * as Y from 'yjs';

export class HocuspocusProviderWebsocket {
  constructor(options: { url: string; WebSocketPolyfill: unknown });
  connect(): Promise<unknown>;
  destroy(): void;
}

export class HocuspocusProvider {
  constructor(options: {
    websocketProvider: HocuspocusProviderWebsocket;
    name: string;
    document: Y.Doc;
    /** Null for none; left out for one that it makes. */
    awareness?: null;
  });
  readonly isSynced: boolean;
  readonly hasUnsyncedChanges: boolean;
  /** Takes a message from the socket. */
  onMessage: (event: unknown) => void;
  on(event: 'synced', listener: () => void): void;
  attach(): void;
  setAwarenessField(key: string, value: unknown): void;
  destroy(): void;
}
