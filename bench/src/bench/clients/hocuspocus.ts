import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { BenchRoom } from './client.ts';
import { typeInto } from './light.ts';
import { meteredWebSocket } from './metered-socket.ts';

/** The provider as its guide sets it up; without presence it is told to have no awareness. */
export function hocuspocusRoom(url: string, name: string): BenchRoom {
  return {
    connectLight(paragraph) {
      const doc = new Y.Doc();
      const websocketProvider = new HocuspocusProviderWebsocket({
        url: url.replace('http', 'ws'),
        WebSocketPolyfill: WebSocket,
      });
      const provider = new HocuspocusProvider({ websocketProvider, name, document: doc, awareness: null });
      const ignoreWhatComes = () => {
        // From the first join on: what it holds then is enough to write by.
        if (provider.isSynced) provider.onMessage = () => {};
      };
      provider.on('synced', ignoreWhatComes);
      provider.attach();
      return {
        isReady: () => provider.isSynced,
        type: () => typeInto(doc, paragraph),
        close: () => {
          provider.destroy();
          websocketProvider.destroy();
          doc.destroy();
        },
      };
    },
    connect({ presence }) {
      const meter = { receivedBytes: 0 };
      const doc = new Y.Doc();
      const websocketProvider = new HocuspocusProviderWebsocket({
        url: url.replace('http', 'ws'),
        WebSocketPolyfill: meteredWebSocket(meter),
      });
      const provider = new HocuspocusProvider({
        websocketProvider,
        name,
        document: doc,
        ...(presence ? {} : { awareness: null }),
      });
      provider.attach();
      return {
        doc,
        isReady: () => provider.isSynced,
        isSaved: () => !provider.hasUnsyncedChanges,
        reconnectNow: () => void websocketProvider.connect(),
        receivedBytes: () => meter.receivedBytes,
        moveCursor: (text, index) => {
          const at = Y.createRelativePositionFromTypeIndex(text, index);
          provider.setAwarenessField('cursor', { anchor: at, head: at });
        },
        close: () => {
          provider.destroy();
          websocketProvider.destroy();
          doc.destroy();
        },
      };
    },
  };
}
