import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { BenchRoom } from './client.ts';
import { meteredWebSocket } from './metered-socket.ts';

export function yWebsocketRoom(url: string, name: string): BenchRoom {
  return {
    connect({ presence }) {
      const meter = { receivedBytes: 0 };
      const doc = new Y.Doc();
      const provider = new WebsocketProvider(url.replace('http', 'ws'), name, doc, {
        WebSocketPolyfill: meteredWebSocket(meter) as unknown as typeof WebSocket,
        disableBc: true,
      });
      if (!presence) provider.awareness.setLocalState(null);
      return {
        doc,
        isReady: () => provider.synced,
        // Its protocol acknowledges nothing.
        isSaved: () => provider.wsconnected,
        reconnectNow: () => provider.connect(),
        receivedBytes: () => meter.receivedBytes,
        moveCursor: (text, index) => {
          const at = Y.createRelativePositionFromTypeIndex(text, index);
          provider.awareness.setLocalStateField('cursor', { anchor: at, head: at });
        },
        close: () => {
          provider.destroy();
          doc.destroy();
        },
      };
    },
  };
}
