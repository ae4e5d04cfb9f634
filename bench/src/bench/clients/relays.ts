import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { BenchRoom } from './client.ts';

/** What this page's own typing sends, and nothing that came from the others. */
function onOwnUpdate(doc: Y.Doc, send: (update: Uint8Array) => void): void {
  doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (transaction.local) send(update);
  });
}

/** Bare updates over a bare WebSocket. The relay knows no carets: they are ten bytes that nobody reads. */
export function wsRelayRoom(url: string, name: string): BenchRoom {
  return {
    connect() {
      const doc = new Y.Doc();
      const socket = new WebSocket(`${url.replace('http', 'ws')}/${name}`, { perMessageDeflate: false });
      let receivedBytes = 0;
      socket.on('message', (data: Buffer) => {
        receivedBytes += data.byteLength;
        if (data.byteLength !== CARET_BYTES) Y.applyUpdate(doc, data, socket);
      });
      onOwnUpdate(doc, (update) => socket.send(update));
      return {
        doc,
        isReady: () => socket.readyState === WebSocket.OPEN,
        isSaved: () => true,
        reconnectNow: () => {},
        receivedBytes: () => receivedBytes,
        moveCursor: () => socket.send(new Uint8Array(CARET_BYTES)),
        close: () => socket.terminate(),
      };
    },
  };
}

/** Shorter than any update that inserts something. */
const CARET_BYTES = 10;

export function socketioRelayRoom(url: string, name: string): BenchRoom {
  return {
    connect() {
      const doc = new Y.Doc();
      const socket = io(url, { transports: ['websocket'], forceNew: true, query: { room: name } });
      let receivedBytes = 0;
      socket.on('frame', (data: Buffer) => {
        receivedBytes += data.byteLength;
        if (data.byteLength !== CARET_BYTES) Y.applyUpdate(doc, data, socket);
      });
      onOwnUpdate(doc, (update) => socket.emit('frame', update));
      return {
        doc,
        isReady: () => socket.connected,
        isSaved: () => true,
        reconnectNow: () => {},
        receivedBytes: () => receivedBytes,
        moveCursor: () => socket.emit('frame', new Uint8Array(CARET_BYTES)),
        close: () => socket.disconnect(),
      };
    },
  };
}
