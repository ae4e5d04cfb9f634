import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Lineage } from '@longtable/shared/ids';
import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { holdRoom, lineage, presenceId, room, type HeldRoom } from '../testing/held-room.ts';

describe('a room as one tab holds it', () => {
  let t: HeldRoom;
  beforeEach(() => {
    t = holdRoom();
    t.join();
  });

  it('is saved only when the server has said so', () => {
    t.write('word');
    expect(t.session.getView().saved).toBe('sending');
    t.commit();
    expect(t.session.getView().saved).toBe('saved');
  });

  it('has one push in flight and sends what came meanwhile in the next', () => {
    t.write('a');
    t.write('b');
    t.write('c');
    expect(t.pushes).toHaveLength(1);
    t.commit();
    expect(t.pushes).toHaveLength(1);
    t.commit();
    expect(t.doc.getText('text:note').toString()).toBe('cba');
  });

  it('sends again, under the old id\u2019s ticket, what was unacknowledged when the connection was lost', () => {
    t.write('typed before');
    t.wire.isOnline.mockReturnValue(false);
    t.session.onDisconnected();
    t.write('and after, ');
    expect(t.session.getView().saved).toBe('device');
    expect(t.session.joinRequest().tickets).toContain('ticket 100');
    t.wire.isOnline.mockReturnValue(true);
    t.pushes.length = 0;
    t.join();
    expect(t.session.doc.clientID).toBe(101);
    t.commit();
    expect(t.doc.getText('text:note').toString()).toBe('and after, typed before');
    expect(t.session.getView().saved).toBe('saved');
  });

  it('keeps words that the server cannot take now, and says that they are on this device', () => {
    t.write('word');
    t.refuse('unavailable');
    expect(t.session.getView()).toMatchObject({ saved: 'device', refused: null });
    expect(t.read()).toBe('word');
  });

  it('hands back words that the server will never take', () => {
    t.write('word');
    t.refuse('badContent');
    expect(t.session.getView()).toMatchObject({
      saved: 'refused',
      refused: { code: 'badContent', text: 'word' },
    });
    expect(t.read()).toBe('');
    t.session.dismissRefused();
    expect(t.session.getView().saved).toBe('saved');
  });

  it('hands back unsent words when the room was rewritten, and shows the new text', () => {
    t.session.onDisconnected();
    t.write('unsent');
    t.doc.getText('text:note').insert(0, 'rewritten');
    t.join({ lineage: presenceId as unknown as Lineage });
    expect(t.session.getView().refused).toEqual({ code: 'lineageChanged', text: 'unsent' });
  });

  it('R24 loads a rewritten room anew without a word where nothing was unsent', () => {
    t.write('said before');
    t.commit();
    t.session.onClosed('resync');
    const rewritten = new Y.Doc();
    rewritten.getText('text:note').insert(0, 'said before');
    const heard: string[] = [];
    t.session.subscribe(() => heard.push(t.session.getView().saved));
    const old = t.session.doc;
    t.join({
      lineage: presenceId as unknown as Lineage,
      stateVector: toBase64(Y.encodeStateVector(rewritten)),
      missing: [{ encoding: 'v2', bytes: toBase64(Y.encodeStateAsUpdateV2(rewritten)) }],
    });
    expect(t.session.doc).not.toBe(old);
    expect(t.read()).toBe('said before');
    expect(t.session.getView()).toMatchObject({
      refused: null,
      isReady: true,
      canWrite: true,
      saved: 'saved',
    });
    expect(new Set(heard)).toEqual(new Set(['saved']));
  });

  describe('R25 in a room that moved to a new key', () => {
    const rejoins = () => t.wire.rejoin.mock.calls.length;
    beforeEach(() => void jest.useFakeTimers());
    afterEach(() => void jest.useRealTimers());

    it('forgets all that it held, and loads the room anew without a word', () => {
      t.write('taken back');
      t.commit();
      t.session.onClosed('resync');
      const old = t.session.doc;
      t.join({ epoch: 2 });
      expect(t.session.doc).not.toBe(old);
      expect(old.isDestroyed).toBe(true);
      expect(t.session.joinRequest()).toEqual({ room });
      jest.runAllTimers();
      expect(rejoins()).toBeGreaterThan(0);
      t.join({ epoch: 2 });
      expect(t.session.getView()).toMatchObject({ isReady: true, canWrite: true, refused: null });
      const anew = t.session.doc;
      t.session.onDisconnected();
      t.join({ epoch: 2 });
      expect(t.session.doc).toBe(anew);
    });

    it('sends first what was unsent, and lets nobody write or undo meanwhile', () => {
      t.session.onDisconnected();
      t.write('typed offline');
      const old = t.session.doc;
      t.join({ epoch: 2 });
      expect(t.session.doc).toBe(old);
      expect(t.session.getView()).toMatchObject({ canWrite: false, saved: 'sending' });
      t.commit();
      expect(t.session.doc).not.toBe(old);
      t.join({ epoch: 2 });
      expect(t.read()).toBe('typed offline');
      expect(t.session.getView()).toMatchObject({ canWrite: true, refused: null });
    });

    it('hands back what cannot be sent any more', () => {
      t.session.onDisconnected();
      t.write('typed offline');
      t.join({ epoch: 2 });
      t.refuse('readOnly');
      expect(t.session.getView().refused).toEqual({ code: 'readOnly', text: 'typed offline' });
      t.join({ epoch: 2 });
      expect(t.session.getView()).toMatchObject({ isReady: true, canWrite: true });
    });
  });

  it('hands back what the server acknowledged once and has lost', () => {
    t.write('in no backup');
    t.commit();
    t.session.onDisconnected();
    t.doc.getText('text:note').delete(0, 99);
    t.join({ stateVector: toBase64(Y.encodeStateVector(new Y.Doc())) });
    expect(t.session.getView().refused).toEqual({ code: 'resync', text: 'in no backup' });
    expect(t.read()).toBe('');
  });

  it('hands back unsent words when it is put out, and claims nothing as saved that is not', () => {
    t.write('half said');
    t.session.onClosed('notFound');
    expect(t.session.getView()).toMatchObject({
      closed: 'notFound',
      saved: 'refused',
      refused: { text: 'half said' },
    });
    expect(t.read()).toBe('');
  });

  describe('says how far it follows the log', () => {
    const elsewhere = (text: string) => {
      const other = new Y.Doc();
      other.getText('text:note').insert(0, text);
      return Y.encodeStateAsUpdate(other);
    };
    const batch = (fromSeq: number, toSeq: number, update: Uint8Array) =>
      t.session.onBatch({ room, lineage, fromSeq, toSeq, bytes: toBase64(update) });

    it('R22 through batches and its own saved words', () => {
      expect(t.session.joinRequest().seq).toBe(1);
      batch(2, 4, elsewhere('theirs'));
      expect(t.session.joinRequest().seq).toBe(4);
      t.write('mine');
      expect(t.session.joinRequest().seq).toBe(4);
      t.commit(5);
      expect(t.session.joinRequest().seq).toBe(5);
    });

    it('R22 and not past what never came', () => {
      batch(3, 3, elsewhere('after a hole'));
      t.write('mine');
      t.commit(4);
      expect(t.session.joinRequest().seq).toBe(1);
    });

    it('R22 and asks without it where the log goes on from other words', () => {
      t.session.onDisconnected();
      Y.applyUpdate(t.doc, elsewhere('what the restored server says instead'));
      t.join({ missing: [] });
      expect(t.session.getView().isReady).toBe(true);
      expect(t.session.joinRequest().seq).toBeUndefined();
      t.join();
      expect(t.read()).toBe('what the restored server says instead');
    });

    it('R22 and asks without it where something that came builds on what did not', () => {
      const other = new Y.Doc();
      other.getText('text:note').insert(0, 'first, ');
      const before = Y.encodeStateVector(other);
      other.getText('text:note').insert(7, 'second');
      batch(2, 2, Y.encodeStateAsUpdate(other, before));
      expect(t.session.joinRequest().seq).toBeUndefined();
    });
  });

  it('never sends what Yjs tidies up by itself after somebody else\u2019s words', () => {
    const other = new Y.Doc();
    const format = (doc: Y.Doc) => doc.getText('text:note').format(0, 4, { bold: {} });
    t.write('both make this bold');
    t.commit();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(t.doc));
    format(t.session.doc);
    t.commit();
    const before = Y.encodeStateVector(other);
    format(other);
    const bytes = toBase64(Y.encodeStateAsUpdate(other, before));
    t.session.onBatch({ room, lineage, fromSeq: 3, toSeq: 3, bytes });
    expect(t.pushes).toHaveLength(0);
    expect(t.session.getView().saved).toBe('saved');
  });
});
