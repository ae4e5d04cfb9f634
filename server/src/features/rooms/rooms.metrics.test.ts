import { expect, it } from '@jest/globals';
import { ErrorCode } from '@longtable/shared/errors';
import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import type { JoinReply } from '@longtable/shared/protocol/socket/join';
import { collectDefaultMetrics } from 'prom-client';
import * as Y from 'yjs';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership } from '../../testing/factories.ts';
import { startTestSockets } from '../../testing/sockets.ts';
import { createTestDeps } from '../../testing/test-deps.ts';
import { roomsOfDocument } from './rooms.service.ts';

/** Every label that may stand on the page. `le` and `quantile` are of histograms, the rest are Node's own. */
const LABELS = ['code', 'le', 'quantile', 'version', 'major', 'minor', 'patch', 'kind', 'type', 'space'];

describeEachBackend('what metrics say of people', (backend) => {
  it('R30 is nothing: they count writes, rooms and refusals, and name nobody and no circle', async () => {
    const sockets = await startTestSockets(createTestDeps(backend.db));
    const { deps } = sockets;
    try {
      collectDefaultMetrics({ register: deps.metrics.registry });
      const table = await startPartnership(deps, { title: 'Riverside' });
      const [circleId] = table.circles;
      if (!circleId) throw new Error('a table has circles');
      const member = await seatedMember(deps, circleId, { picture: 'kite', name: 'Amara' });
      const document = { id: table.documents.plan, kind: 'plan' as const };
      const [section] = await roomsOfDocument(deps, document, circleId);
      const room = section?.rooms.circle;
      if (!room) throw new Error('a circle has rooms');
      const socket = await sockets.connected(member);
      const reply: JoinReply = await socket.emitWithAck('join', { rooms: [{ room }] });
      const joined = reply.ok ? reply.rooms[0] : null;
      if (!joined?.ok) throw new Error('the member was not let in');
      const doc = new Y.Doc();
      doc.clientID = joined.clientId;
      textFragment(doc).push([new Y.XmlElement(BLOCK_NODE)]);
      const push = (lineage: string) =>
        socket.emitWithAck('push', {
          room,
          lineage: lineage as typeof joined.lineage,
          clientSeq: 1,
          bytes: Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64'),
        });
      await push(joined.lineage);
      await push(circleId);

      const page = await deps.metrics.registry.metrics();
      expect(page).toContain('longtable_connections 1');
      expect(page).toContain('longtable_open_rooms 1');
      expect(page).toContain('longtable_refusals_total{code="lineageChanged"} 1');
      expect(page).toContain('longtable_write_seconds_count 1');
      expect(page).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|Amara|Riverside|kite|circle/i);
      for (const [, label, value] of page.matchAll(/[{,]([a-z_]+)="([^"]*)"/g)) {
        expect(LABELS).toContain(label);
        if (label === 'code') expect(ErrorCode.options).toContain(value);
      }
    } finally {
      await sockets.close();
    }
  });
});
