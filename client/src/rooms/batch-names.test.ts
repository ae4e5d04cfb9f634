import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Lineage, RoomId } from '@longtable/shared/ids';
import type { JoinedRoom } from '@longtable/shared/protocol/socket/join';
import { BatchNames, type RoomBatch } from './batch-names.ts';

const [why, how] = ['why', 'how'] as unknown as RoomId[];
const joined = (room: RoomId | undefined, handle: string, lineage = 'one') =>
  ({ room, handle, lineage: lineage as unknown as Lineage }) as JoinedRoom;

describe('the names of batches', () => {
  let delivered: RoomBatch[];
  let names: BatchNames;
  beforeEach(() => {
    delivered = [];
    names = new BatchNames((batch) => delivered.push(batch));
  });
  const join = (answer: JoinedRoom) => {
    names.asked();
    names.joined(answer);
    names.answered();
  };

  it('say of which room and lineage a batch is', () => {
    join(joined(why, 'aaaa'));
    join(joined(how, 'bbbb', 'two'));
    names.onBatch(['bbbb', 4, 6, 'AAA=']);
    expect(delivered).toEqual([{ room: how, lineage: 'two', fromSeq: 4, toSeq: 6, bytes: 'AAA=' }]);
  });

  it('are waited for by what comes before the answer, in order and before what comes after', () => {
    names.asked();
    names.onBatch(['aaaa', 1, 1, '']);
    names.onBatch(['aaaa', 2, 2, '']);
    names.asked();
    names.joined(joined(how, 'bbbb'));
    names.answered();
    expect(delivered).toEqual([]);
    names.joined(joined(why, 'aaaa'));
    names.answered();
    names.onBatch(['aaaa', 3, 3, '']);
    expect(delivered.map(({ fromSeq }) => fromSeq)).toEqual([1, 2, 3]);
  });

  it('end where the room is joined again under another, or the connection goes', () => {
    join(joined(why, 'aaaa'));
    join(joined(why, 'cccc', 'two'));
    names.onBatch(['aaaa', 1, 1, '']);
    expect(delivered).toEqual([]);
    names.disconnected();
    names.onBatch(['cccc', 1, 1, '']);
    names.asked();
    names.answered();
    expect(delivered).toEqual([]);
  });
});
