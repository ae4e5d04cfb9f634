import { NodeWebSocket } from 'socket.io-client';
import type { Random } from './random.ts';

type Packet = Parameters<NodeWebSocket['doWrite']>[0];
type Message = Parameters<NodeWebSocket['doWrite']>[1];

/** What happens to messages on their way, each with its chance; all nothing unless a scenario says otherwise. */
export interface Mischief {
  /** A push is sent twice at once. */
  pushTwice: number;
  /** A push that was sent before is sent again behind a newer one. */
  pushAgainLater: number;
  /** A batch is handed on twice. */
  batchTwice: number;
  /** A batch is held back until another message has overtaken it, or for a moment. */
  batchLate: number;
}

export const noMischief = (): Mischief => ({ pushTwice: 0, pushAgainLater: 0, batchTwice: 0, batchLate: 0 });

/** What a client says and hears of its pushes, as it stands on the wire. */
export interface Witness {
  /** It leaves; what is returned is called when the server has said yes to it. */
  pushed(update: Uint8Array): () => void;
}

/** As Socket.io writes them: Engine.IO message (4), event (2) or acknowledgement (3), its id. */
const PUSH = /^42(\d+)\["push",/;
const BATCH = /^42\["batch",/;
const ANSWER = /^43(\d+)\[/;
const HEAD_CHARACTERS = 40;

const LATE_MS = 40;
/** Pushes of which one may come again. */
const REMEMBERED_PUSHES = 20;

/** For Socket.io's option `transports`. */
export function createTransport(
  witness: Witness,
  mischief: Readonly<Mischief>,
  random: Random,
): typeof NodeWebSocket {
  const remembered: { packet: Packet; data: Message }[] = [];

  return class extends NodeWebSocket {
    readonly #pushed = new Map<string, () => void>();
    #late: Message[] = [];

    override doWrite(packet: Packet, data: Message): void {
      super.doWrite(packet, data);
      const id = PUSH.exec(headOf(data))?.[1];
      if (id === undefined) return;
      this.#pushed.set(id, witness.pushed(bytesOf(String(data))));
      if (random.chance(mischief.pushTwice)) super.doWrite(packet, data);
      if (random.chance(mischief.pushAgainLater) && remembered.length > 0) {
        const again = random.pick(remembered);
        super.doWrite(again.packet, again.data);
      }
      remembered.push({ packet, data });
      if (remembered.length > REMEMBERED_PUSHES) remembered.shift();
    }

    override onData(data: Message): void {
      const head = headOf(data);
      const id = ANSWER.exec(head)?.[1];
      const acknowledged = id === undefined ? undefined : this.#pushed.get(id);
      if (id !== undefined && acknowledged) {
        this.#pushed.delete(id);
        if (isYes(String(data))) acknowledged();
      }
      if (BATCH.test(head) && random.chance(mischief.batchLate)) {
        this.#late.push(data);
        setTimeout(() => this.#handOnLate(), LATE_MS);
        return;
      }
      super.onData(data);
      if (BATCH.test(head) && random.chance(mischief.batchTwice)) super.onData(data);
      this.#handOnLate();
    }

    /** Newest first, so that they stand in the wrong order among themselves as well. */
    #handOnLate(): void {
      const late = this.#late.reverse();
      this.#late = [];
      for (const data of late) if (this.readyState === 'open') super.onData(data);
    }
  };
}

const headOf = (data: Message) => (typeof data === 'string' ? data.slice(0, HEAD_CHARACTERS) : '');

function bytesOf(message: string): Uint8Array {
  const [, push] = JSON.parse(message.slice(message.indexOf('['))) as [string, { bytes: string }];
  return Buffer.from(push.bytes, 'base64');
}

const isYes = (message: string): boolean =>
  (JSON.parse(message.slice(message.indexOf('['))) as [{ ok: boolean }])[0].ok;
