/** What scenarios measure, with units. A scenario gives those that it has. */
export const METRICS = {
  latencyP50Ms: 'ms',
  latencyP95Ms: 'ms',
  latencyP99Ms: 'ms',
  serverCpuSecondsPerThousandDeliveries: 's',
  receiverCpuSecondsPerThousandDeliveries: 's',
  bytesPerDelivery: 'bytes',
  serverRssMb: 'MB',
  fullTextMs: 'ms',
  allSyncedMs: 'ms',
  lostAcknowledgedEdits: 'edits',
  kbPerConnection: 'kB',
  /** Open, with nobody writing there since the server started. */
  kbPerRoom: 'kB',
  /** The same after one letter. */
  kbPerWrittenRoom: 'kB',
  maxWriters: 'writers',
  /** Of one core, over the measured time: they tell whether the figures above are a server's or the generator's. */
  serverBusyShare: 'share',
  generatorBusyShare: 'share',
  /** Of PostgreSQL, where the server has one: for planning, not for comparing. */
  commitsPerSecond: 'commits/s',
  walBytesPerEdit: 'bytes',
  logBytesPerRow: 'bytes',
} as const;

export type Metric = keyof typeof METRICS;
export type Metrics = Partial<Record<Metric, number>>;
