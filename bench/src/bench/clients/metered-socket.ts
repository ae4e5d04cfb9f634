import { WebSocket } from 'ws';

export interface ByteMeter {
  receivedBytes: number;
}

/** A WebSocket class that counts what its messages hold, for libraries that take a class and make their own sockets. */
export function meteredWebSocket(meter: ByteMeter): typeof WebSocket {
  return class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { perMessageDeflate: false });
      super.on('message', (data: Buffer | ArrayBuffer) => {
        meter.receivedBytes += data.byteLength;
      });
    }
  } as unknown as typeof WebSocket;
}
