import type * as Y from 'yjs';
import type { LightClient } from './light.ts';

/** One person's page, as a scenario needs it, whatever server it talks to. */
export interface BenchClient {
  /** Replaced where the server made it start again. */
  readonly doc: Y.Doc;
  /** It has joined and may write. */
  isReady(): boolean;
  /** As far as its server tells it, everything written here is in safe hands. */
  isSaved(): boolean;
  /** As when a phone notices that its network is back: without waiting out the back-off. */
  reconnectNow(): void;
  /** Contents of the WebSocket messages that came. */
  receivedBytes(): number;
  /** Tells the others where the caret is. */
  moveCursor(text: Y.XmlText, index: number): void;
  close(): void;
}

export interface ClientOptions {
  /** Whether others see this one's presence. */
  presence: boolean;
}

/** A place where people can sit down: one room of one server. */
export interface BenchRoom {
  connect(options: ClientOptions): BenchClient;
  /** Where it has one: somebody who writes into this paragraph. */
  connectLight?(paragraph: number): LightClient;
}
