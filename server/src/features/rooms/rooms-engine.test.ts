import { randomUUID } from 'node:crypto';
import { describe, expect, it, jest } from '@jest/globals';
import { BLOCK_NODE, rowsField, textField, textFragment } from '@longtable/shared/documents/model/keys';
import { addRow } from '@longtable/shared/documents/model/rows';
import type { SeatId } from '@longtable/shared/ids';
import fc from 'fast-check';
import * as Y from 'yjs';
import {
  addBlock,
  codeOf,
  firstText,
  openTab,
  readRoom,
  SECTION,
  setUpRoom,
  textOf,
} from '../../testing/engine-room.ts';

const section = SECTION;
const rowField = section.fields.find((field) => field.kind === 'rows');
if (rowField?.kind !== 'rows') throw new Error('the section under test has a table');

jest.setTimeout(60_000);

describe('rooms engine', () => {
  it('R2 acknowledges and broadcasts only after the commit', async () => {
    const setup = setUpRoom();
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const engine = setup.start((inner) => ({
      ...inner,
      commit: async (writes) => (await gate, inner.commit(writes)),
    }));
    const tab = await openTab(engine, setup, setup.sit());
    let isAcknowledged = false;
    const pushed = tab.write('seen by nobody yet').then(() => (isAcknowledged = true));
    expect(await readRoom(engine, setup)).toEqual([]);
    expect(isAcknowledged).toBe(false);
    expect(setup.batches).toEqual([]);
    release();
    await pushed;
    await engine.close();
    expect(setup.batches).toHaveLength(1);
    expect((await setup.store.load(setup.room))?.room.headSeq).toBe(1);
  });

  it('R3 merges what was committed together into one message and leaves a sole writer out', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const tabs = await Promise.all([1, 2, 3].map(() => openTab(engine, setup, setup.sit())));
    await tabs[0]?.write('alone');
    expect(setup.batches.at(-1)?.writer).not.toBeNull();
    await Promise.all(tabs.map((tab, index) => tab.write(`together ${index}`)));
    expect(setup.batches.at(-1)).toMatchObject({ writer: null, message: { toSeq: 2 } });
    const reader = await openTab(engine, setup, setup.sit(false));
    const follower = new Y.Doc();
    for (const { message } of setup.batches) Y.applyUpdate(follower, Buffer.from(message.bytes, 'base64'));
    expect(textOf(follower)).toEqual(textOf(reader.doc));
    expect(textOf(follower)).toHaveLength(4);
  });

  it('R4 refuses words under a clientID whose ticket was not presented', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const victim = await openTab(engine, setup, setup.sit());
    const attacker = await openTab(engine, setup, setup.sit());
    attacker.doc.clientID = victim.joined.clientId;
    expect(await codeOf(attacker.write('in your name'))).toBe('notOwner');
    expect(await codeOf(victim.write('in my own'))).toBe('accepted');
    expect(await readRoom(engine, setup)).toEqual(['in my own']);
  });

  it('R5 asks for a resync where clocks do not follow on, and takes repeats without storing them', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const tab = await openTab(engine, setup, setup.sit());
    const first = tab.change((doc) => addBlock(doc, 'one'));
    const second = tab.change((doc) => addBlock(doc, 'two'));
    expect(await codeOf(tab.push(second))).toBe('resync');
    expect(await codeOf(tab.push(first))).toBe('accepted');
    expect(await codeOf(tab.push(first))).toBe('accepted');
    expect(await codeOf(tab.push(Y.mergeUpdates([first, second])))).toBe('accepted');
    expect((await setup.store.load(setup.room))?.room.headSeq).toBe(2);
    expect(await readRoom(engine, setup)).toEqual(['one', 'two']);
  });

  it('R6 refuses to delete what does not exist yet', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const victim = await openTab(engine, setup, setup.sit());
    const attacker = await openTab(engine, setup, setup.sit());
    // No structs; one client; one range from clock 0, a thousand long: the victim's next keystrokes.
    const forged = forgeDelete(victim.joined.clientId, 0, 1_000);
    expect(await codeOf(attacker.push(forged))).toBe('resync');
    await victim.write('still here');
    expect(await readRoom(engine, setup)).toEqual(['still here']);
  });

  it('R7 commits nothing of a seat that was revoked after it joined', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const visitor = setup.sit();
    const tab = await openTab(engine, setup, visitor);
    const other = await openTab(engine, setup, setup.sit());
    setup.store.revoke(visitor.seat);
    expect(await codeOf(tab.write('too late'))).toBe('notFound');
    expect(await codeOf(other.write('in time'))).toBe('accepted');
    expect(await readRoom(engine, setup)).toEqual(['in time']);
  });

  it('R8 lets a reader read and not write', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const reader = await openTab(engine, setup, setup.sit(false));
    expect(reader.joined.canWrite).toBe(false);
    expect(await codeOf(reader.write('no'))).toBe('readOnly');
    const stranger = { id: randomUUID(), seat: randomUUID() as SeatId };
    expect(await codeOf(openTab(engine, setup, stranger))).toBe('notFound');
  });

  it('R13 lets tickets from before a crash send what was still unsent', async () => {
    const setup = setUpRoom();
    const visitor = setup.sit();
    const before = setup.start();
    const tab = await openTab(before, setup, visitor);
    await tab.write('saved');
    const unsent = tab.change((doc) => addBlock(doc, 'typed while the server was down'));
    const after = setup.start();
    const again = await openTab(after, setup, visitor, {
      doc: tab.doc,
      lineage: tab.lineage,
      tickets: [tab.ticket],
    });
    expect(again.joined.clientId).not.toBe(tab.joined.clientId);
    expect(await codeOf(again.push(unsent))).toBe('accepted');
    expect(await codeOf(again.write('and on under a new id'))).toBe('accepted');
    expect(await readRoom(after, setup)).toEqual([
      'saved',
      'typed while the server was down',
      'and on under a new id',
    ]);
  });

  it('R13 takes no ticket of another seat, room or hand', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const victim = await openTab(engine, setup, setup.sit());
    const thief = setup.sit();
    const tab = await openTab(engine, setup, thief, {
      doc: new Y.Doc(),
      lineage: victim.lineage,
      tickets: [victim.ticket],
    });
    tab.doc.clientID = victim.joined.clientId;
    expect(await codeOf(tab.write('with a stolen ticket'))).toBe('notOwner');
    const forged = `${victim.ticket.slice(0, -4)}AAAA`;
    const forger = await openTab(engine, setup, thief, {
      doc: new Y.Doc(),
      lineage: victim.lineage,
      tickets: [forged, 'x', '.', ''],
    });
    forger.doc.clientID = victim.joined.clientId;
    expect(await codeOf(forger.write('with a forged one'))).toBe('notOwner');
  });

  it('R14 tells the writer to try again while the database is away, and loses nothing', async () => {
    const setup = setUpRoom();
    let isAway = false;
    const engine = setup.start((inner) => ({
      ...inner,
      commit: async (writes) => {
        if (isAway) throw Object.assign(new Error('connection terminated'), { code: '57P01' });
        return inner.commit(writes);
      },
    }));
    const [one, two] = [await openTab(engine, setup, setup.sit()), await openTab(engine, setup, setup.sit())];
    await one.write('before');
    isAway = true;
    const update = one.change((doc) => addBlock(doc, 'meanwhile'));
    // The repeat arrives while the first try is under way: it must not be called saved when that fails.
    const tries = await Promise.all([
      codeOf(one.push(update)),
      codeOf(one.push(update)),
      codeOf(two.write('me too')),
    ]);
    expect(tries).toEqual(['unavailable', 'unavailable', 'unavailable']);
    isAway = false;
    expect(await codeOf(one.push(update))).toBe('accepted');
    expect(await readRoom(engine, setup)).toEqual(['before', 'meanwhile']);
  });

  it('R15 catches up from the log after a commit whose answer was lost', async () => {
    const setup = setUpRoom();
    let isAnswerLost = false;
    const engine = setup.start((inner) => ({
      ...inner,
      commit: async (writes) => {
        const results = await inner.commit(writes);
        if (isAnswerLost) throw Object.assign(new Error('connection reset'), { code: 'ECONNRESET' });
        return results;
      },
    }));
    const [one, two] = [await openTab(engine, setup, setup.sit()), await openTab(engine, setup, setup.sit())];
    isAnswerLost = true;
    expect(await codeOf(one.write('committed, unknown to us'))).toBe('unavailable');
    isAnswerLost = false;
    await two.write('after');
    const follower = new Y.Doc();
    for (const { message } of setup.batches) Y.applyUpdate(follower, Buffer.from(message.bytes, 'base64'));
    expect(textOf(follower)).toEqual(expect.arrayContaining(['committed, unknown to us', 'after']));
    expect(setup.batches.map(({ message: { fromSeq, toSeq } }) => [fromSeq, toSeq])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  it('R16 bisects a batch so that one write the database will not take fails alone', async () => {
    const setup = setUpRoom();
    const poison = setup.sit();
    const engine = setup.start((inner) => ({
      ...inner,
      commit: async (writes) => {
        if (writes.some((write) => write.seats.includes(poison.seat))) throw new Error('value out of range');
        return inner.commit(writes);
      },
    }));
    const bad = await openTab(engine, setup, poison);
    const good = await Promise.all([1, 2, 3, 4].map(() => openTab(engine, setup, setup.sit())));
    const outcomes = await Promise.all(
      [bad, ...good].map((tab, index) => codeOf(tab.write(`writer ${index}`))),
    );
    expect(outcomes).toEqual(['unavailable', 'accepted', 'accepted', 'accepted', 'accepted']);
    expect(await readRoom(engine, setup)).toHaveLength(4);
  });

  it('R17 refuses content that the section has no place for', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const visitor = setup.sit();
    const wrong: [string, (doc: Y.Doc) => void][] = [
      ['another root', (doc) => doc.getMap('secrets').set('a', 1)],
      ['another node', (doc) => textFragment(doc).push([new Y.XmlElement('script')])],
      ['text between blocks', (doc) => textFragment(doc).push([new Y.XmlText('loose')])],
      ['another kind', (doc) => textFragment(doc).push([element({ kind: 'banner' })])],
      ['another attribute', (doc) => textFragment(doc).push([element({ kind: 'quote', onclick: 'x' })])],
      ['a nested block', (doc) => textFragment(doc).push([parent(element({ kind: 'quote' }))])],
      ['another mark', (doc) => textFragment(doc).push([parent(marked({ colour: 'red' }))])],
      [
        'a script link',
        (doc) => textFragment(doc).push([parent(marked({ link: { href: 'javascript:x' } }))]),
      ],
      ['an embed', (doc) => textFragment(doc).push([parent(embedded())])],
      ['a loose row', (doc) => rowsField(doc, rowField.key).push(['text'] as never)],
      ['an unknown column', (doc) => rowsField(doc, rowField.key).push([new Y.Map([['shoe size', '38']])])],
    ];
    for (const [what, edit] of wrong) {
      const tab = await openTab(engine, setup, visitor);
      expect([what, await codeOf(tab.push(tab.change(edit)))]).toEqual([what, 'badContent']);
    }
    const tab = await openTab(engine, setup, visitor);
    await tab.push(tab.change((doc) => void addRow(doc, rowField)));
    const text = rowField.columns.find((column) => column.kind === 'text')?.key ?? '';
    const harms: ((rows: Y.Array<Y.Map<unknown>>) => void)[] = [
      (rows) => rows.delete(0, 1),
      (rows) => rows.get(0).delete(text),
      (rows) => rows.get(0).set(text, new Y.Text('swallowed')),
      (rows) => rows.get(0).set('id', randomUUID()),
    ];
    for (const harm of harms) {
      const fresh = await openTab(engine, setup, visitor);
      const update = fresh.change((doc) => harm(rowsField(doc, rowField.key)));
      expect(await codeOf(fresh.push(update))).toBe('badContent');
    }
    expect(rowsField((await openTab(engine, setup, visitor)).doc, rowField.key).length).toBe(1);
  });

  it('R17 takes everything that the section does have a place for', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const tab = await openTab(engine, setup, setup.sit());
    const edits: ((doc: Y.Doc) => void)[] = [
      (doc) =>
        textFragment(doc).push([
          parent(marked({ bold: {}, italic: {}, link: { href: 'https://example.org' } })),
        ]),
      (doc) => (textFragment(doc).get(0) as Y.XmlElement).setAttribute('kind', 'bullet'),
      (doc) => (textFragment(doc).get(0) as Y.XmlElement).setAttribute('indent', 2 as never),
      (doc) => ((textFragment(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText).format(0, 2, { bold: null }),
      (doc) => textFragment(doc).delete(0, 1),
      (doc) => void addRow(doc, rowField),
      (doc) => rowsField(doc, rowField.key).get(0).set('removed', true),
      ...section.fields.flatMap((field) =>
        field.kind === 'text' ? [(doc: Y.Doc) => textField(doc, field.key).insert(0, 'plain')] : [],
      ),
    ];
    for (const edit of edits) expect(await codeOf(tab.push(tab.change(edit)))).toBe('accepted');
  });

  it('R18 stays whole whatever bytes arrive', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const author = await openTab(engine, setup, setup.sit());
    await author.write('what somebody wrote');
    const visitor = setup.sit();
    const victimId = author.joined.clientId;
    const stranger = await openTab(engine, setup, setup.sit());
    const sample = stranger.change((doc) => addBlock(doc, 'a template to mutate'));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 80 }),
          fc
            .tuple(fc.nat(sample.length - 1), fc.nat(255))
            .map(([at, byte]) => sample.map((value, i) => (i === at ? byte : value))),
          fc.tuple(fc.nat(), fc.nat()).map(([clock, length]) => forgeDelete(victimId, clock, length)),
        ),
        async (bytes) => {
          const tab = await openTab(engine, setup, visitor);
          await codeOf(tab.push(bytes));
          const probe = randomUUID();
          expect(await codeOf(author.write(probe))).toBe('accepted');
          expect(await readRoom(engine, setup)).toContain(probe);
        },
      ),
      { numRuns: 400, seed: 20261121, examples: [[Uint8Array.of(1, 255, 255, 255, 255, 15, 1, 0, 0)]] },
    );
  });

  it('R2 stores all that two people who format the same words bring, and judges all of it', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const one = await openTab(engine, setup, setup.sit());
    await one.write('hello world');
    const two = await openTab(engine, setup, setup.sit());
    const three = await openTab(engine, setup, setup.sit());
    const makeBold = (doc: Y.Doc) => firstText(doc).format(0, 5, { bold: {} });
    await one.push(one.change(makeBold));
    // Two has not seen one's bold. Yjs tidies up after both in a transaction of its own.
    const update = two.change((doc) => {
      makeBold(doc);
      addBlock(doc, 'and a sentence');
    });
    expect(await codeOf(two.push(update))).toBe('accepted');
    expect(await readRoom(setup.start(), setup)).toEqual(['<bold>hello</bold> world', 'and a sentence']);
    const smuggled = three.change((doc) => {
      makeBold(doc);
      (textFragment(doc).get(0) as Y.XmlElement).insert(1, [new Y.XmlElement('script')]);
    });
    expect(await codeOf(three.push(smuggled))).toBe('badContent');
  });

  it('R2 R11 keeps what two people write and format at random, as each of them sees it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), fc.nat(3), fc.nat(40), fc.nat(9)), { maxLength: 40 }),
        async (edits) => {
          const setup = setUpRoom();
          const engine = setup.start();
          const tabs = [
            await openTab(engine, setup, setup.sit()),
            await openTab(engine, setup, setup.sit()),
          ] as const;
          await tabs[0].write('a first line to work on together');
          const deliver = () => {
            for (const { message } of setup.batches) {
              for (const { doc } of tabs) Y.applyUpdate(doc, Buffer.from(message.bytes, 'base64'));
            }
          };
          deliver();
          for (const [isFirst, kind, at, length] of edits) {
            const tab = tabs[isFirst ? 0 : 1];
            const update = tab.change((doc) => {
              const text = firstText(doc);
              const from = Math.min(at, text.length);
              const count = Math.min(length, text.length - from);
              if (kind === 0) text.insert(from, 'xyz'.repeat(length));
              else if (kind === 1) text.delete(from, count);
              else text.format(from, count, { bold: kind === 2 ? {} : null });
            });
            expect(await codeOf(tab.push(update))).toBe('accepted');
            if (at % 3 === 0) deliver();
          }
          deliver();
          const stored = (await openTab(setup.start(), setup, setup.sit(false))).doc;
          expect(stored.store.pendingStructs).toBeNull();
          for (const { doc } of tabs)
            expect(
              firstText(doc)
                .toString()
                .replace(/<.?bold>/g, ''),
            ).toBe(
              firstText(stored)
                .toString()
                .replace(/<.?bold>/g, ''),
            );
        },
      ),
      { numRuns: 60, seed: 20261121 },
    );
  });

  it('R14 never acknowledges what was built on words that failed to commit', async () => {
    const setup = setUpRoom();
    let commits = 0;
    let fail = () => {};
    const gate = new Promise<void>((_resolve, reject) => {
      fail = () => reject(new Error('Connection terminated unexpectedly'));
    });
    const engine = setup.start((inner) => ({
      ...inner,
      commit: async (writes) => {
        if (++commits === 1) await gate;
        return inner.commit(writes);
      },
    }));
    const visitor = setup.sit();
    const tab = await openTab(engine, setup, visitor);
    const first = tab.change((doc) => addBlock(doc, 'first'));
    const firstPush = codeOf(tab.push(first));
    // The socket drops; the client comes back, types on, and sends everything unacknowledged in one push.
    engine.leave(visitor, setup.room);
    const again = await openTab(
      engine,
      setup,
      { ...visitor, id: randomUUID() },
      { doc: tab.doc, lineage: tab.lineage, tickets: [tab.ticket] },
    );
    const second = again.change((doc) => addBlock(doc, 'second'));
    const both = Y.mergeUpdates([first, second]);
    const bothPush = codeOf(again.push(both));
    fail();
    expect([await firstPush, await bothPush]).toEqual(['unavailable', 'unavailable']);
    expect(await codeOf(again.push(both))).toBe('accepted');
    expect(await readRoom(setup.start(), setup)).toEqual(['first', 'second']);
  });

  it('R15 lets a repeat go on when the copy it waited in was dropped', async () => {
    const setup = setUpRoom();
    let isAnswerLost = true;
    const engine = setup.start((inner) => ({
      ...inner,
      commit: async (writes) => {
        // A copy that is not brought up to date under the lock finds out only afterwards.
        const results = await inner.commit(writes.map(({ on: _on, ...write }) => write));
        if (isAnswerLost) throw new Error('Connection terminated unexpectedly');
        return results;
      },
      readSince: async () => {
        throw new Error('Connection terminated unexpectedly');
      },
    }));
    const tab = await openTab(engine, setup, setup.sit());
    const update = tab.change((doc) => addBlock(doc, 'once'));
    expect(await codeOf(tab.push(update))).toBe('unavailable');
    isAnswerLost = false;
    const tries = await Promise.all([codeOf(tab.push(update)), codeOf(tab.push(update))]);
    expect(tries).toEqual(['accepted', 'resync']);
    expect(await readRoom(setup.start(), setup)).toEqual(['once']);
  });

  it('R5 refuses to build on words that nobody has committed yet', async () => {
    const setup = setUpRoom();
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const engine = setup.start((inner) => ({
      ...inner,
      commit: async (writes) => (await gate, inner.commit(writes)),
    }));
    const one = await openTab(engine, setup, setup.sit());
    const attacker = await openTab(engine, setup, setup.sit());
    const update = one.change((doc) => addBlock(doc, 'not yet yours to know'));
    const pushed = one.push(update);
    Y.applyUpdate(attacker.doc, update);
    expect(await codeOf(attacker.write('behind it'))).toBe('resync');
    release();
    await pushed;
    await engine.close();
  });

  it('R18 refuses overlapping delete ranges, which cost far more than their size', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const author = await openTab(engine, setup, setup.sit());
    await author.write('x'.repeat(500));
    const attacker = await openTab(engine, setup, setup.sit());
    const bytes = [0, 1, ...varint(author.joined.clientId), ...varint(200)];
    for (let i = 0; i < 200; i++) bytes.push(0, ...varint(300));
    expect(await codeOf(attacker.push(Uint8Array.from(bytes)))).toBe('badRequest');
  });

  it('R18 lets nobody in who asked for nonsense', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const visitor = setup.sit();
    const tab = await openTab(engine, setup, visitor);
    engine.leave(visitor, setup.room);
    const { lineage, room } = { lineage: tab.lineage, room: setup.room };
    expect(await codeOf(engine.join(visitor, { room, lineage, stateVector: '////' }, () => {}))).toBe(
      'badRequest',
    );
    expect(await codeOf(tab.write('not in'))).toBe('resync');
  });

  it('a room whose text was deleted is not full', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const tab = await openTab(engine, setup, setup.sit());
    await tab.push(tab.change((doc) => addBlock(doc, '')));
    for (let i = 0; i < 45; i++) {
      await tab.push(tab.change((doc) => firstText(doc).insert(0, 'word '.repeat(40_000))));
      await tab.push(tab.change((doc) => firstText(doc).delete(0, 200_000)));
    }
    const other = await openTab(engine, setup, setup.sit());
    expect(await codeOf(other.write('room for me'))).toBe('accepted');
    await engine.close();
  });

  it('R11 reads the same after a restart, from a snapshot or from the log', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const tab = await openTab(engine, setup, setup.sit());
    for (let i = 0; i < 30; i++) await tab.write(`line ${i}`);
    const fromLog = await readRoom(setup.start(), setup);
    await engine.close();
    expect((await setup.store.load(setup.room))?.tail).toHaveLength(0);
    expect(await readRoom(setup.start(), setup)).toEqual(fromLog);
    expect(fromLog).toHaveLength(30);
  });
});

const element = (attributes: Record<string, string>): Y.XmlElement => {
  const node = new Y.XmlElement(BLOCK_NODE);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
};
const parent = (child: Y.XmlElement | Y.XmlText): Y.XmlElement => {
  const node = element({ kind: 'paragraph' });
  node.insert(0, [child]);
  return node;
};
const marked = (marks: Record<string, unknown>): Y.XmlText => {
  const text = new Y.XmlText();
  text.insert(0, 'words', marks);
  return text;
};
const embedded = (): Y.XmlText => {
  const text = new Y.XmlText();
  text.insertEmbed(0, { image: 'https://example.org/pixel.png' });
  return text;
};

/** A Yjs v1 update of no structs and one delete range. */
const forgeDelete = (client: number, clock: number, length: number): Uint8Array =>
  Uint8Array.from([0, 1, ...[client, 1, clock, length].flatMap(varint)]);

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}
