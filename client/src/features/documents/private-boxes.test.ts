import { beforeEach, describe, expect, it } from '@jest/globals';
import { plainText, readSection } from '@longtable/shared/documents/model/read-section';
import type { Section } from '@longtable/shared/documents/template';
import type { RoomId } from '@longtable/shared/ids';
import * as Y from 'yjs';
import type { RoomHandle, RoomView, TableConnection } from '../../rooms/types.ts';
import { PrivateBoxes, toBlocks } from './private-boxes.ts';
import { RoomsInUse } from './rooms-in-use.ts';

const circle = '11111111-1111-4111-8111-111111111111' as RoomId;
const section: Section = { key: 'test', number: 1, isStarred: false, heard: 'all', fields: [] };
const HERE = 'definition/why';

/** A room whose server answers when the test says so. */
class FakeRoom {
  readonly doc = new Y.Doc();
  isClosed = false;
  view: RoomView = {
    isReady: true,
    canWrite: true,
    saved: 'saved',
    refused: null,
    cursors: new Map(),
    crowd: null,
    closed: null,
  };
  readonly #listeners = new Set<() => void>();

  constructor() {
    this.doc.on('update', () => this.become({ saved: 'sending' }));
  }

  get words(): string {
    return plainText(readSection(this.doc, section, 'circle'));
  }

  become(change: Partial<RoomView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of [...this.#listeners]) listener();
  }

  handle(id: RoomId): RoomHandle {
    return {
      id,
      doc: this.doc,
      getView: () => this.view,
      subscribe: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      setCursor: () => undefined,
      dismissRefused: () => this.become({ refused: null, saved: 'saved' }),
      close: () => void (this.isClosed = true),
    };
  }
}

describe('a private box', () => {
  let opened: RoomId[];
  let room: FakeRoom;
  let boxes: PrivateBoxes;

  beforeEach(() => {
    opened = [];
    room = new FakeRoom();
    const openRoom = (id: RoomId) => {
      opened.push(id);
      return room.handle(id);
    };
    boxes = new PrivateBoxes(new RoomsInUse({ openRoom } as unknown as TableConnection));
  });

  it('opens no room and changes no document before its words are put on the table', () => {
    boxes.write(HERE, 'debts');
    expect(opened).toEqual([]);
    expect(boxes.get(HERE)).toMatchObject({ text: 'debts', going: null });
    expect(boxes.hasWords()).toBe(true);
  });

  it('lets go of its words when the server has them, and not before', () => {
    boxes.write(HERE, 'debts\n\n and fear ');
    boxes.put(HERE, 'circle', circle);
    expect(room.words).toBe('debts\nand fear');
    expect(boxes.get(HERE)).toMatchObject({ text: 'debts\n\n and fear ', going: { to: 'circle' } });
    boxes.write(HERE, 'typed meanwhile');
    boxes.put(HERE, 'circle', circle);
    room.become({ saved: 'device' });
    expect(boxes.get(HERE).going?.how).toEqual({ state: 'sending', saved: 'device' });
    room.become({ saved: 'saved' });
    expect(boxes.get(HERE)).toEqual({ text: '', going: null, error: null, wentTo: 'circle' });
    expect([room.words, boxes.hasWords(), room.isClosed]).toEqual(['debts\nand fear', false, true]);
  });

  it('keeps them when they are refused, and does not hand them back twice', () => {
    boxes.write(HERE, 'debts\nand fear');
    boxes.put(HERE, 'circle', circle);
    room.become({ saved: 'refused', refused: { code: 'tooLarge', text: 'debtsand fear' } });
    expect(boxes.get(HERE)).toEqual({
      text: 'debts\nand fear',
      going: null,
      error: 'tooLarge',
      wentTo: null,
    });
    expect(room.view.refused).toBeNull();
  });

  it('keeps them where the room cannot be written, or has gone', () => {
    boxes.write(HERE, 'debts');
    room.view = { ...room.view, canWrite: false };
    boxes.put(HERE, 'circle', circle);
    expect(boxes.get(HERE)).toMatchObject({ text: 'debts', error: 'readOnly' });
    room.view = { ...room.view, closed: 'notFound' };
    boxes.put(HERE, 'circle', circle);
    expect(boxes.get(HERE)).toMatchObject({ text: 'debts', error: 'notFound' });
    expect(room.words).toBe('');
  });

  it('waits for the room, and the person may think again until then', () => {
    room.view = { ...room.view, isReady: false };
    boxes.write(HERE, 'debts');
    boxes.put(HERE, 'circle', circle);
    expect(boxes.get(HERE).going?.how).toEqual({ state: 'opening' });
    boxes.stay(HERE);
    room.become({ isReady: true });
    expect([room.words, boxes.get(HERE).text]).toEqual(['', 'debts']);
    room.become({ isReady: false });
    boxes.put(HERE, 'circle', circle);
    room.become({ isReady: true });
    boxes.stay(HERE);
    expect([room.words, boxes.get(HERE).going?.how.state]).toEqual(['debts', 'sending']);
  });

  it('each section has its own, and leaving wipes them all', () => {
    boxes.write(HERE, 'debts');
    boxes.write('definition/who', 'children');
    expect([boxes.get(HERE).text, boxes.get('definition/who').text]).toEqual(['debts', 'children']);
    boxes.wipe();
    expect([boxes.get(HERE).text, boxes.get('definition/who').text, boxes.hasWords()]).toEqual([
      '',
      '',
      false,
    ]);
  });

  it('makes a paragraph of each line that says something', () => {
    expect(toBlocks(' a \r\n\n\tb\n ').map(({ runs }) => runs[0]?.text)).toEqual(['a', 'b']);
  });
});
