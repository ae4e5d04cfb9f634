import { setTimeout as pause } from 'node:timers/promises';
import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';

/** A network between two programs, which can be spoilt while they talk. */
export interface TcpProxy {
  readonly port: number;
  /** Connections that are there end at once, with a reset; new ones may come. */
  cut(): void;
  /** Nothing passes any more and nobody is told: half-open connections. New ones are taken and stay silent. */
  freeze(): void;
  /** What waited passes again. */
  thaw(): void;
  /** This many bytes a second in each direction of each connection, or as many as there are. */
  slowTo(bytesPerSecond: number | null): void;
  stop(): Promise<void>;
}

/** The most that one write passes on where it is slow: small, so that messages arrive in pieces. */
const SLOW_PIECE_BYTES = 512;

export async function startTcpProxy(targetPort: number, targetHost = '127.0.0.1'): Promise<TcpProxy> {
  const links = new Set<{ near: Socket; far: Socket }>();
  const frozen = new Set<() => void>();
  let isFrozen = false;
  let bytesPerSecond: number | null = null;

  const passable = async (): Promise<void> => {
    while (isFrozen) await new Promise<void>((resolve) => frozen.add(resolve));
  };

  const pour = async (from: Socket, to: Socket): Promise<void> => {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length;) {
        await passable();
        const size = bytesPerSecond === null ? chunk.length - at : SLOW_PIECE_BYTES;
        const piece = chunk.subarray(at, at + size);
        if (bytesPerSecond !== null) await pause((piece.length / bytesPerSecond) * 1_000);
        at += piece.length;
        if (to.destroyed) return;
        if (!to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
      }
    }
    await passable();
    to.end();
  };

  const server = createServer((near) => {
    const far = createConnection(targetPort, targetHost);
    const link = { near, far };
    links.add(link);
    const end = (): void => {
      links.delete(link);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on('error', end);
    }
    near.on('close', end);
    // While nothing passes, an end must not either.
    far.on('close', () => void passable().then(end));
    pour(near, far).catch(end);
    pour(far, near).catch(end);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  const cut = (): void => {
    for (const { near, far } of links) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  };
  const thaw = (): void => {
    isFrozen = false;
    for (const go of frozen) go();
    frozen.clear();
  };
  return {
    port: address.port,
    cut,
    freeze: () => void (isFrozen = true),
    thaw,
    slowTo: (rate) => void (bytesPerSecond = rate),
    stop: async () => {
      server.close();
      cut();
      thaw();
      await once(server, 'close');
    },
  };
}
