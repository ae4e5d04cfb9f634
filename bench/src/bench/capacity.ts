import type { Metric } from './metrics.ts';
import type { Result } from './results.ts';
import type { ScenarioName } from './scenarios/scenarios.ts';

/** What the model takes for granted about people; everything else is measured. */
export const ASSUMED = {
  people: 100_000,
  /** As at a workshop's table. */
  peopleInRoom: 40,
  /** Characters a second of somebody who types. */
  charactersPerSecond: 5,
  /** The rest read, think and talk: our guess, and the first to replace by your own count. */
  typingShare: 0.1,
  /** Of one core: above it, whoever comes at a bad moment waits. */
  busyShare: 0.6,
  nodeMemoryMb: 2_048,
  /** With so many people in it, its batches begin at least 18 ms apart (`pace.ts`). */
  batchesPerSecondInRoom: 1_000 / 18,
  /** Room, place in the log, nonce and tag of the seal, and JSON around the words of one message between nodes. */
  envelopeBytes: 400,
} as const;

/** Rows of the log, after which an open room is compacted and they go (`open-rooms.ts`). */
const LOG_ROWS_OF_ROOM = 1_000;

type Line = readonly [what: string, value: string, from: string];

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const short = (value: number): string => (value >= 100 ? whole(value) : String(+value.toPrecision(3)));

/**
 * How many people one node carries and what a hundred thousand ask for, computed from measured medians of `longtable`.
 * @returns undefined where a figure is missing that it needs
 */
export function capacityOf(results: readonly Result[]): Line[] | undefined {
  const median = (scenario: ScenarioName, metric: Metric): number =>
    results.find(
      (each) => each.scenario === scenario && each.server === 'longtable' && each.metric === metric,
    )?.median ?? Number.NaN;
  const measured = {
    // The dearer of a room in which everybody types and of many in which few do.
    cpuSeconds:
      Math.max(
        median('workshop', 'serverCpuSecondsPerThousandDeliveries'),
        median('many-workshops', 'serverCpuSecondsPerThousandDeliveries'),
      ) / 1_000,
    rssMb: median('workshop', 'serverRssMb'),
    kbPerConnection: median('idle-memory', 'kbPerConnection'),
    kbPerRoom: median('idle-memory', 'kbPerWrittenRoom'),
    bytesPerDelivery: median('workshop', 'bytesPerDelivery'),
    commitsPerSecond: median('many-workshops', 'commitsPerSecond'),
    walBytes: median('many-workshops', 'walBytesPerEdit'),
    logBytes: median('many-workshops', 'logBytesPerRow'),
  };
  if (Object.values(measured).some((value) => !Number.isFinite(value))) return undefined;

  const { people, peopleInRoom, charactersPerSecond, typingShare, busyShare } = ASSUMED;
  const editsPerPerson = typingShare * charactersPerSecond;
  const deliveriesPerPerson = editsPerPerson * (peopleInRoom - 1);
  const byProcessor = busyShare / measured.cpuSeconds / deliveriesPerPerson;
  const kbPerPerson = measured.kbPerConnection + measured.kbPerRoom / peopleInRoom;
  const byMemory = ((ASSUMED.nodeMemoryMb - measured.rssMb) * 1_000) / kbPerPerson;
  const perNode = Math.floor(Math.min(byProcessor, byMemory));
  const nodes = Math.ceil(people / Math.max(1, perNode));
  const rooms = people / peopleInRoom;
  const edits = people * editsPerPerson;
  const batchesPerRoom = Math.min(ASSUMED.batchesPerSecondInRoom, peopleInRoom * editsPerPerson);
  const batches = rooms * batchesPerRoom;
  const editsPerBatch = (peopleInRoom * editsPerPerson) / batchesPerRoom;
  const messageBytes = ASSUMED.envelopeBytes + measured.bytesPerDelivery * editsPerBatch * (4 / 3);
  const hearers = Math.min(nodes, peopleInRoom) - 1;
  return [
    [
      'people a node carries by its processor',
      whole(byProcessor),
      `${short(measured.cpuSeconds * 1e6)} µs a delivery`,
    ],
    [
      'people a node carries by its memory',
      whole(byMemory),
      `${short(kbPerPerson)} kB a person with their share of a room`,
    ],
    ['people a node carries', whole(perNode), 'the smaller'],
    [`nodes for ${whole(people)} people`, whole(nodes), 'one core each; hearing each other comes on top'],
    ['edits a second', whole(edits), `${short(editsPerPerson)} a person`],
    [
      'PostgreSQL, commits a second',
      whole(measured.commitsPerSecond * nodes),
      `${short(measured.commitsPerSecond)} a node under load`,
    ],
    [
      'PostgreSQL, its own log (WAL), MB a second',
      short((edits * measured.walBytes) / 1e6),
      `${short(measured.walBytes)} bytes an edit`,
    ],
    [
      'PostgreSQL, table of the rooms’ log at most, GB',
      short((rooms * LOG_ROWS_OF_ROOM * measured.logBytes) / 1e9),
      `${short(measured.logBytes)} bytes a row, ${whole(LOG_ROWS_OF_ROOM)} rows a room`,
    ],
    ['PostgreSQL, connections', whole(nodes * 10), '10 a node'],
    ['Redis, messages in a second', whole(batches), `${short(batchesPerRoom)} a room`],
    ['Redis, messages out a second', whole(batches * hearers), `to ${hearers} other nodes`],
    [
      'Redis, MB out a second',
      short((batches * hearers * messageBytes) / 1e6),
      `${whole(messageBytes)} bytes a message`,
    ],
    ['each node, batches it opens a second', whole((batches * hearers) / nodes), 'from the others'],
  ];
}

/** In Markdown, with what was taken for granted. */
export function capacityTable(results: readonly Result[], where: string): string {
  const lines = capacityOf(results);
  if (!lines)
    return 'Not computed: it needs `workshop`, `many-workshops` and `idle-memory` of `longtable` on PostgreSQL.';
  const { peopleInRoom, typingShare, charactersPerSecond, busyShare, nodeMemoryMb } = ASSUMED;
  return [
    `${where} Taken for granted: rooms of ${peopleInRoom}, of whom ${typingShare * 100} % type at a moment, ${charactersPerSecond} characters a second; a node has one core, of which it uses ${busyShare * 100} %, and ${nodeMemoryMb} MB.`,
    '',
    '| | | from |',
    '| --- | --: | --- |',
    ...lines.map((line) => `| ${line.join(' | ')} |`),
  ].join('\n');
}
