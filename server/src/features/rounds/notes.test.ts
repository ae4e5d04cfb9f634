import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MAX_NOTE_CHARACTERS, MAX_NOTES_PER_SECTION } from '@longtable/shared/limits';
import { RoundNotes } from '@longtable/shared/protocol/http/notes';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { setRoundTable } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { leaveSeat } from '../people/leaving.service.ts';

const [PLAIN, OTHER] = ['who-is-at-risk', 'who-must-act'] as const;
const NOT_NOW = { status: 409, body: { code: 'notNow' } };
const NOT_FOUND = { status: 404, body: { code: 'notFound' } };

const newNote = (text: string, more: object = {}) => ({
  id: randomUUID(),
  kind: 'suggestion',
  text,
  takeBack: randomBytes(32).toString('base64url'),
  ...more,
});

describeEachBackend('notes beside the words of a round', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  const setTable = async (circles = 2) => {
    const base = await setRoundTable(deps, server, circles);
    const round = await base.open([PLAIN, OTHER]);
    const path = `/api/rounds/${round}/sections/${PLAIN}/notes`;
    const put = (who: TestPerson, note: object) => base.post(path, who, note);
    const read = async (who: TestPerson) => RoundNotes.parse((await base.get(path, who)).body);
    const takeBack = (who: TestPerson, id: string, token: string | null = null) =>
      base.post(`${path}/${id}/take-back`, who, { takeBack: token });
    const mark = (who: TestPerson, id: string, given: object | null) =>
      base.post(`${path}/${id}/mark`, who, { mark: given });
    return { ...base, round, path, put, read, takeBack, mark };
  };

  it('are read by everyone, and are nobody’s unless their writer names the circle', async () => {
    const { members, facilitator, put, read } = await setTable();
    const [first, second] = members as [TestPerson, TestPerson];
    const mine = newNote('who pays the bus?', { kind: 'question' });
    const ours = newNote('say it simpler', { attribution: 'circle' });
    expect((await put(first, mine)).status).toBe(204);
    expect((await put(second, ours)).status).toBe(204);
    const { notes } = await read(facilitator);
    expect(new Set(notes)).toEqual(
      new Set([
        { id: mine.id, kind: 'question', text: 'who pays the bus?', version: 1, circleId: null, mark: null },
        {
          id: ours.id,
          kind: 'suggestion',
          text: 'say it simpler',
          version: 1,
          circleId: second.seat.circleId,
          mark: null,
        },
      ]),
    );
    expect(await read(first)).toMatchObject({ notes, open: ['question', 'suggestion'], mayMark: true });
    expect(await read(facilitator)).toMatchObject({ open: [], mayMark: true });
  });

  it('stand in an order that says nothing of who came when, and beside no seat, circle or day', async () => {
    const { members, round, put, read } = await setTable();
    for (let number = 0; number < 9; number++)
      await put(members[number % 2]!, newNote(`Canary ${number}`, { attribution: 'circle' }));
    const ids = (await read(members[0]!)).notes.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    const rows = (await deps.db('round_notes').where({ round_id: round })) as Record<string, unknown>[];
    expect(Object.keys(rows[0]!).sort()).toEqual(['id', 'mark_sealed', 'note_sealed', 'round_id', 'section']);
    const text = rows
      .map(({ note_sealed }) => Buffer.from(note_sealed as Uint8Array).toString('latin1'))
      .join();
    expect(text).not.toMatch(/Canary|suggestion/);
    expect(new Set(rows.map(({ note_sealed }) => (note_sealed as Uint8Array).length)).size).toBe(1);
  });

  it('put twice, after an answer that was lost, are there once', async () => {
    const { members, put, read } = await setTable();
    const note = newNote('once');
    expect((await put(members[0]!, note)).status).toBe(204);
    expect((await put(members[0]!, note)).status).toBe(204);
    // Under another's id nothing is put, and nothing is learned.
    expect(await put(members[1]!, { ...newNote('instead'), id: note.id })).toMatchObject(NOT_NOW);
    expect((await read(members[0]!)).notes.map(({ text }) => text)).toEqual(['once']);
  });

  it('are taken as the conversation stands: suggestions while words are fixed, none where they are open', async () => {
    const { members, facilitator, round, path, put, move, say, get, post, takeBack, read } = await setTable();
    const [first] = members as [TestPerson];
    expect(await put(first, newNote('hm', { kind: 'reaction' }))).toMatchObject(NOT_NOW);
    await move(round, 'react');
    expect((await put(first, newNote('good', { kind: 'reaction' }))).status).toBe(204);
    expect(await put(first, newNote('why?', { kind: 'question' }))).toMatchObject(NOT_NOW);
    await move(round, 'object');
    const late = newNote('other words');
    expect((await put(first, late)).status).toBe(204);
    for (const member of members) await say(round, member, PLAIN, 'objection');
    expect(await put(first, newNote('too late'))).toMatchObject(NOT_NOW);
    expect((await read(first)).open).toEqual([]);
    expect(await get(path.replace(PLAIN, 'constructor'), first)).toMatchObject(NOT_FOUND);
    expect(await post(path.replace(PLAIN, 'why'), first, newNote('nowhere'))).toMatchObject(NOT_FOUND);
    await post(`/api/rounds/${round}/close`, facilitator);
    // Words can be taken back after the end too.
    expect((await takeBack(first, late.id, late.takeBack)).status).toBe(204);
    expect((await read(first)).notes.map(({ text }) => text)).toEqual(['good']);
  });

  it('are taken back from their own page, or by the circle that they name, and by nobody else', async () => {
    const { table, members, facilitator, put, read, takeBack } = await setTable();
    const [first, second] = members as [TestPerson, TestPerson];
    const friend = await seatedMember(deps, table.circles[0]!);
    const mine = newNote('mine alone');
    const ours = newNote('from our circle', { attribution: 'circle' });
    await put(first, mine);
    await put(first, ours);
    const wrong = newNote('').takeBack;
    for (const token of [null, wrong])
      expect(await takeBack(second, mine.id, token)).toMatchObject(NOT_FOUND);
    expect(await takeBack(second, ours.id)).toMatchObject(NOT_FOUND);
    expect(await takeBack(facilitator, mine.id, mine.takeBack)).toMatchObject(NOT_FOUND);
    expect((await takeBack(friend, ours.id)).status).toBe(204);
    expect((await takeBack(first, mine.id, mine.takeBack)).status).toBe(204);
    expect((await read(first)).notes).toEqual([]);
  });

  it('that name nobody can be taken out by the circle they came from, and leave a gap that names nobody either', async () => {
    const { table, members, facilitator, round, put, read, takeBack, mark, post } = await setTable();
    const [first, second] = members as [TestPerson, TestPerson];
    const friend = await seatedMember(deps, table.circles[0]!);
    const note = newNote('somebody could be found by this');
    const theirs = newNote('from the other circle');
    await put(first, note);
    await put(second, theirs);
    await mark(facilitator, note.id, { as: 'answered', line: 'about somebody' });
    // Nothing that is read tells whose it is, in the circle and outside.
    for (const who of [first, friend, second, facilitator])
      expect((await read(who)).notes.every(({ circleId }) => circleId === null)).toBe(true);
    for (const who of [second, facilitator]) expect(await takeBack(who, note.id)).toMatchObject(NOT_FOUND);
    expect(await takeBack(friend, theirs.id)).toMatchObject(NOT_FOUND);
    expect((await takeBack(friend, note.id)).status).toBe(204);
    const { notes } = await read(second);
    expect(notes.find(({ id }) => id === note.id)).toEqual({
      id: note.id,
      kind: note.kind,
      text: null,
      version: 1,
      circleId: null,
      mark: null,
    });
    // A gap is nobody's: it is not taken back, not marked, and not written over.
    expect(await takeBack(first, note.id, note.takeBack)).toMatchObject(NOT_FOUND);
    expect(await mark(first, note.id, { as: 'taken' })).toMatchObject(NOT_NOW);
    expect(await put(first, note)).toMatchObject(NOT_NOW);
    await post(`/api/rounds/${round}/close`, facilitator);
    expect((await takeBack(second, theirs.id)).status).toBe(204);
  });

  it('of an earlier server, which did not keep whose they were, are nobody’s to take out', async () => {
    const { table, members, put, read, takeBack } = await setTable();
    const [first] = members as [TestPerson];
    const note = newNote('an early word');
    await put(first, note);
    const context = { table: 'round_notes', column: 'note', row: note.id, audience: 'partnership' };
    const row = await deps.db('round_notes').where({ id: note.id }).first();
    const opened = (await deps.keyring.open(context, row.note_sealed)).toString();
    const { ours: _ours, takeBackHash: _hash, ...early } = JSON.parse(opened) as Record<string, unknown>;
    const { key_id } = await deps.db('partnerships').where({ id: table.id }).first();
    const note_sealed = await deps.keyring.seal(key_id, context, Buffer.from(JSON.stringify(early)));
    await deps.db('round_notes').where({ id: note.id }).update({ note_sealed });
    for (const token of [null, note.takeBack])
      expect(await takeBack(first, note.id, token)).toMatchObject(NOT_FOUND);
    expect((await read(first)).notes).toMatchObject([{ id: note.id, text: 'an early word' }]);
  });

  it('carry one line of what came of them, which nobody writes over unread', async () => {
    const { members, facilitator, round, put, read, mark, post } = await setTable();
    const [first] = members as [TestPerson];
    const note = newNote('add the night bus');
    await put(first, note);
    expect(await mark(first, note.id, { as: 'notNow' })).toMatchObject({ status: 400 });
    expect((await mark(facilitator, note.id, { as: 'notNow', line: 'no bus at night' })).status).toBe(204);
    expect((await read(first)).notes[0]!.mark).toEqual({ as: 'notNow', line: 'no bus at night' });
    expect(await mark(first, note.id, { as: 'taken' })).toMatchObject(NOT_NOW);
    expect((await mark(first, note.id, null)).status).toBe(204);
    expect((await mark(first, note.id, { as: 'taken' })).status).toBe(204);
    expect((await read(first)).notes[0]!.mark).toEqual({ as: 'taken', line: null });
    await post(`/api/rounds/${round}/close`, facilitator);
    expect(await mark(first, note.id, null)).toMatchObject(NOT_NOW);
    expect((await read(first)).mayMark).toBe(false);
  });

  it('exist only for those at the table, and only members put them', async () => {
    const { members, facilitator, path, put, get, post, mark } = await setTable();
    const [first] = members as [TestPerson];
    const note = newNote('here');
    await put(first, note);
    const elsewhere = await startPartnership(deps);
    const stranger = await seatedMember(deps, elsewhere.circles[0]!);
    for (const who of [stranger, elsewhere.facilitator]) {
      expect(await get(path, who)).toMatchObject(NOT_FOUND);
      expect(await post(path, who, newNote('from afar'))).toMatchObject(NOT_FOUND);
      expect(await mark(who, note.id, { as: 'answered' })).toMatchObject(NOT_FOUND);
    }
    expect(await put(facilitator, newNote('process only'))).toMatchObject(NOT_FOUND);
    await leaveSeat(deps, first.seat.id);
    expect(await put(first, newNote('after the right was taken away'))).toMatchObject(NOT_FOUND);
  });

  it('have a size and a number', async () => {
    const { members, put, read, takeBack } = await setTable();
    const [first] = members as [TestPerson];
    expect(await put(first, newNote('x'.repeat(MAX_NOTE_CHARACTERS + 1)))).toMatchObject({ status: 400 });
    expect(await put(first, newNote('   '))).toMatchObject({ status: 400 });
    const notes = Array.from({ length: MAX_NOTES_PER_SECTION }, (_, number) => newNote(`${number}`));
    for (const note of notes) await put(first, note);
    expect(await put(first, newNote('one more'))).toMatchObject({ status: 413, body: { code: 'tooLarge' } });
    await takeBack(first, notes[0]!.id, notes[0]!.takeBack);
    expect((await put(first, newNote('in its place'))).status).toBe(204);
    expect((await read(first)).notes).toHaveLength(MAX_NOTES_PER_SECTION);
  }, 30_000);
});
