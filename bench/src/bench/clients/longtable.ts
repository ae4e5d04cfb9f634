import { connectTable } from '../../../../client/src/rooms/connection.ts';
import { encodeCursor } from '../../../../client/src/rooms/cursor.ts';
import * as Y from 'yjs';
import { createWireMeter } from '../../replay/wire-meter.ts';
import type { LaidTable } from '../../replay/table.ts';
import type { BenchRoom } from './client.ts';
import { lightLongtable } from './light.ts';

const nothing = (): void => {};

/** The client that people use, without a screen. Each that connects takes the next seat of those at the table. */
export function longtableRoom(
  url: string,
  room: LaidTable['room'],
  seats: Iterator<LaidTable['people'][number]>,
): BenchRoom {
  const nextSeat = () => {
    const { value: person } = seats.next();
    if (!person) throw new Error('more people than seats');
    return person;
  };
  return {
    connectLight: (paragraph) => lightLongtable(url, room, nextSeat(), paragraph),
    connect() {
      const person = nextSeat();
      const meter = createWireMeter(nothing, nothing);
      const connection = connectTable({
        seat: person.seatId,
        url,
        options: { transports: [meter.transport], extraHeaders: { cookie: person.cookie } },
      });
      const handle = connection.openRoom(room);
      return {
        get doc() {
          return handle.doc;
        },
        isReady: () => {
          const { isReady, canWrite } = handle.getView();
          return isReady && canWrite;
        },
        isSaved: () => handle.getView().saved === 'saved',
        reconnectNow: () => connection.reconnectNow(),
        receivedBytes: () => meter.receivedBytes,
        moveCursor: (text, index) => {
          const at = Y.createRelativePositionFromTypeIndex(text, index);
          handle.setCursor(encodeCursor({ anchor: at, head: at }));
        },
        close: () => connection.close(),
      };
    },
  };
}
