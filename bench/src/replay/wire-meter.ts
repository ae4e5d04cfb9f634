import { NodeWebSocket } from 'socket.io-client';

type Message = Parameters<NodeWebSocket['doWrite']>[1];

/** What one client sends and receives, counted where the bytes leave and arrive. */
export interface WireMeter {
  /** For Socket.io's option `transports`. */
  readonly transport: typeof NodeWebSocket;
  /** Contents of WebSocket messages; TCP and frame headers are not counted. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** For each answered push: from its leaving to its answer. */
  readonly acknowledgementsMs: readonly number[];
  /** Pushes whose connection was lost before their answer. */
  readonly unansweredPushes: number;
  readonly isPushInFlight: boolean;
}

/** As Socket.io writes them: Engine.IO message (4), event (2) or acknowledgement (3), its id. */
const PUSH = /^42(\d+)\["push"/;
const ANSWER = /^43(\d+)\[/;
/** Enough of a message to tell what it is; the rest is people's words in base64. */
const HEAD_CHARACTERS = 40;

/** `onPush` is called when a push has taken all that waited; `onAnswer` when one was answered. */
export function createWireMeter(onPush: () => void, onAnswer: () => void): WireMeter {
  const sentAtMs = new Map<string, number>();
  const acknowledgementsMs: number[] = [];
  let sentBytes = 0;
  let receivedBytes = 0;
  let unansweredPushes = 0;

  class MeteredWebSocket extends NodeWebSocket {
    override doWrite(packet: Parameters<NodeWebSocket['doWrite']>[0], data: Message): void {
      super.doWrite(packet, data);
      sentBytes += sizeOf(data);
      const id = PUSH.exec(headOf(data))?.[1];
      if (id === undefined) return;
      sentAtMs.set(id, performance.now());
      onPush();
    }

    override onData(data: Message): void {
      receivedBytes += sizeOf(data);
      const id = ANSWER.exec(headOf(data))?.[1];
      const sentMs = id === undefined ? undefined : sentAtMs.get(id);
      if (id !== undefined && sentMs !== undefined) {
        sentAtMs.delete(id);
        acknowledgementsMs.push(performance.now() - sentMs);
      }
      super.onData(data);
      if (sentMs !== undefined) onAnswer();
    }

    override onClose(details?: { description: string; context?: unknown }): void {
      unansweredPushes += sentAtMs.size;
      sentAtMs.clear();
      super.onClose(details);
    }
  }

  return {
    transport: MeteredWebSocket,
    acknowledgementsMs,
    get sentBytes() {
      return sentBytes;
    },
    get receivedBytes() {
      return receivedBytes;
    },
    get unansweredPushes() {
      return unansweredPushes;
    },
    get isPushInFlight() {
      return sentAtMs.size > 0;
    },
  };
}

const sizeOf = (data: Message): number => Buffer.byteLength(data as string | ArrayBuffer);

const headOf = (data: Message) => (typeof data === 'string' ? data.slice(0, HEAD_CHARACTERS) : '');
