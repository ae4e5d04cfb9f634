import { type RunningServer, type ServerOptions, startServer } from '../../../e2e/support/server.ts';
import * as Y from 'yjs';
import { pause, until } from '../bench/wait.ts';
import { type LaidTable, layTable } from '../replay/table.ts';
import { disagreements } from './agreement.ts';
import { FaultFound } from './fault-found.ts';
import { Ledger } from './ledger.ts';
import { type Mischief, noMischief } from './mischief.ts';
import type { Random } from './random.ts';
import { connectWriter, type Writer } from './writer.ts';

/** Everyone is back and of one mind within this, on a slow machine too: the longest wait between two tries is 8 s. */
const SETTLE_MS = 90_000;
/** A try may wait up to 8 s for its turn. */
const SAVING_MS = 12_000;
const WRITERS = 6;
/** Between two edits of one writer at most: it is a random part of this. */
const EDIT_EVERY_MS = 60;

export interface StageOptions extends ServerOptions {
  random: Random;
  mischief?: Mischief;
  /** For others who sit down later, beside those who write all the time. */
  seats?: number;
  /** Where writers reach the server, if not directly; several places take turns. */
  through?: (server: RunningServer) => Promise<string | string[]>;
  /** The room is rewritten or closed on the way, so pages may have to start again. */
  isRewritten?: boolean;
}

/** A server of its own with a table, people who write at it all the time, and what they were told. */
export interface Stage {
  readonly server: RunningServer;
  readonly table: LaidTable;
  readonly writers: Writer[];
  readonly ledger: Ledger;
  /** Starts typing, which goes on whatever happens. */
  play(): void;
  /** Hands lie still until the next `play`; what they wrote goes on its way. */
  rest(): void;
  /** Sits down one more, who does not type by itself. */
  sitDown(): Writer;
  /** As a power cut. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Everyone is in the room and has been told since that something is saved. */
  allWell(): Promise<void>;
  /** Everyone comes to hold what anyone holds now. */
  inStep(): Promise<void>;
  /** Whether somebody is told within a few seconds that something is saved; no sooner if it is gone. */
  isSaving(): Promise<boolean>;
  isRunning(): boolean;
  /** Nobody touches the process; but if it is gone by itself, something killed it. */
  expectAlive(): void;
  /**
   * Stops typing, waits until all is saved, kills the server once more and holds what it then reads from its store
   * against everyone. @throws FaultFound
   */
  compare(): Promise<void>;
  close(): Promise<void>;
}

/** What still runs, should somebody interrupt us: no server may outlive the one who plays with it. */
const running = new Set<RunningServer>();

export async function stopServers(): Promise<void> {
  await Promise.allSettled([...running].map((server) => server.kill('SIGKILL')));
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const {
    random,
    mischief = noMischief(),
    seats: moreSeats = 0,
    through,
    isRewritten = false,
    ...forServer
  } = options;
  const server = await startServer(forServer);
  running.add(server);
  const ledger = new Ledger();
  const writers: Writer[] = [];
  /** Grows with each start and stop; whoever types does so within one of them. */
  let turn = 0;
  let pid = server.pid;
  try {
    const table = await layTable(server.url, WRITERS + moreSeats + 1);
    const seats = table.people.values();
    const urls = [through ? await through(server) : server.url].flat();

    const sitDown = (at = urls[writers.length % urls.length] ?? server.url): Writer => {
      const { value: person } = seats.next();
      if (!person) throw new Error('more people than seats');
      return connectWriter({
        url: at,
        person,
        room: table.room,
        number: table.people.indexOf(person) + 1,
        ledger,
        mischief,
        random,
        isRewritten,
      });
    };
    for (let nth = 0; nth < WRITERS; nth++) writers.push(sitDown());

    const type = async (writer: Writer, during: number): Promise<void> => {
      while (turn === during) {
        writer.edit();
        await pause(random.between(1, EDIT_EVERY_MS));
      }
    };

    const troubles = () => writers.flatMap((writer) => writer.trouble() ?? []);
    const expectNoTrouble = (): void => {
      const found = troubles();
      if (found.length > 0) throw new FaultFound(found);
    };

    const expectAlive = (): void => {
      if (!isRunning(pid)) throw new FaultFound([`the server ended by itself\n${lastLines(server)}`]);
    };

    const settled = async (what: string, isSettled: (writer: Writer) => boolean): Promise<void> => {
      try {
        await until(
          () => {
            expectNoTrouble();
            return writers.every(isSettled);
          },
          what,
          SETTLE_MS,
        );
      } catch (error) {
        if (error instanceof FaultFound) throw error;
        expectAlive();
        throw new FaultFound([`${(error as Error).message}\n${lastLines(server)}`]);
      }
    };

    const stage: Stage = {
      server,
      table,
      writers,
      ledger,
      sitDown: () => sitDown(),
      play() {
        turn += 1;
        for (const writer of writers) void type(writer, turn);
      },
      rest: () => void (turn += 1),
      kill: () => server.kill('SIGKILL'),
      async start() {
        await server.restart();
        ({ pid } = server);
      },
      async allWell() {
        const before = new Map(writers.map((writer) => [writer, writer.acknowledgements]));
        const isBack = (writer: Writer) =>
          writer.isReady && writer.acknowledgements > (before.get(writer) ?? Infinity);
        await settled('everyone to be back', isBack);
      },
      async inStep() {
        const now = writers.map(({ doc }) => Y.decodeStateVector(Y.encodeStateVector(doc)));
        const holdsAll = ({ doc }: Writer) =>
          now.every((clocks) =>
            [...clocks].every(([client, clock]) => Y.getState(doc.store, client) >= clock),
          );
        await settled('everyone to be in step', holdsAll);
      },
      async isSaving() {
        const sum = () => writers.reduce((total, writer) => total + writer.acknowledgements, 0);
        const before = sum();
        const isDecided = () => sum() > before || !isRunning(pid);
        await until(isDecided, 'something to be saved', SAVING_MS).catch(() => {});
        return sum() > before;
      },
      isRunning: () => isRunning(pid),
      expectAlive,
      async compare() {
        stage.rest();
        await settled('everything to be saved', (writer) => writer.isReady && writer.isSaved);
        const vectors = () => new Set(writers.map((writer) => writer.state().stateVector)).size;
        await until(() => vectors() === 1, 'everyone to be in step', SETTLE_MS).catch(() => {});
        expectAlive();
        await stage.kill();
        await stage.start();
        const reader = sitDown(server.url);
        try {
          await until(() => reader.isReady, 'a new reader to join', SETTLE_MS);
          const exported = await table.exportMarkdown();
          const holders = writers.map((writer) => ({ name: writer.name, ...writer.state() }));
          const found = disagreements(ledger, { name: 'the store', ...reader.state() }, holders, exported);
          if (found.length > 0) throw new FaultFound(found);
          expectNoTrouble();
        } finally {
          reader.close();
        }
      },
      async close() {
        stage.rest();
        for (const writer of writers) writer.close();
        running.delete(server);
        await server.stop();
      },
    };
    await settled('everyone to join', (writer) => writer.isReady);
    return stage;
  } catch (error) {
    for (const writer of writers) writer.close();
    await server.stop();
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const LAST_LINES = 12;
const lastLines = (server: RunningServer): string =>
  `its last lines:\n${server.logs().trim().split('\n').slice(-LAST_LINES).join('\n')}`;
