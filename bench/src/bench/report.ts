import { type Metric, METRICS } from './metrics.ts';
import { REFERENCE, type Result } from './results.ts';
import type { ServerName } from './servers.ts';
import { verdictsOn } from './targets.ts';

/** What a reader looks for first; the rest is in the JSON. */
const SHOWN: readonly Metric[] = [
  'serverCpuSecondsPerThousandDeliveries',
  'receiverCpuSecondsPerThousandDeliveries',
  'latencyP50Ms',
  'latencyP99Ms',
  'bytesPerDelivery',
  'fullTextMs',
  'allSyncedMs',
  'lostAcknowledgedEdits',
  'maxWriters',
  'kbPerConnection',
  'kbPerRoom',
  'kbPerWrittenRoom',
  'serverBusyShare',
  'generatorBusyShare',
];

const LABELS: Partial<Record<Metric, string>> = {
  serverCpuSecondsPerThousandDeliveries: 'server, ms of processor a thousand deliveries',
  receiverCpuSecondsPerThousandDeliveries: 'receivers, ms of processor a thousand deliveries',
  latencyP50Ms: 'half arrive within, ms',
  latencyP99Ms: '99 of 100 arrive within, ms',
  bytesPerDelivery: 'bytes a delivery',
  fullTextMs: 'whole text after, ms',
  allSyncedMs: 'all in step after, ms',
  lostAcknowledgedEdits: 'acknowledged and lost',
  maxWriters: 'writers until words come late',
  kbPerConnection: 'kB a connection',
  kbPerRoom: 'kB a room',
  kbPerWrittenRoom: 'kB a room that was written in',
  serverBusyShare: 'server busy, share of a core',
  generatorBusyShare: 'generator busy, share of a core',
};

/** Told in the table, but no figure of a server's that a bar would compare. */
const NOT_DRAWN: readonly Metric[] = ['serverBusyShare', 'generatorBusyShare'];

interface Row {
  metric: Metric;
  label: string;
  values: { server: ServerName; value: number }[];
}

const distinct = <Value>(values: Value[]): Value[] => [...new Set(values)];
const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : String(+value.toPrecision(3)));

/** Rows of one scenario, seconds as milliseconds: they are small. */
function rowsOf(results: readonly Result[]): Row[] {
  return SHOWN.flatMap((metric) => {
    const scale = METRICS[metric] === 's' ? 1_000 : 1;
    const values = results
      .filter((result) => result.metric === metric)
      .map(({ server, median }) => ({ server, value: median * scale }));
    return values.length > 0 ? [{ metric, label: LABELS[metric] ?? metric, values }] : [];
  });
}

/** A table in Markdown, with how many times the reference's each figure is. */
export function tableOf(results: readonly Result[]): string {
  const servers = distinct(results.map(({ server }) => server));
  const cell = ({ values }: Row, server: ServerName): string => {
    const value = values.find((each) => each.server === server)?.value;
    const reference = values.find((each) => each.server === REFERENCE)?.value;
    if (value === undefined) return '–';
    const times = reference && server !== REFERENCE ? ` (${(value / reference).toFixed(2)}×)` : '';
    return figure(value) + times;
  };
  return [
    `| | ${servers.join(' | ')} |`,
    `| --- | ${servers.map(() => '--:').join(' | ')} |`,
    ...rowsOf(results).map(
      (row) => `| ${row.label} | ${servers.map((server) => cell(row, server)).join(' | ')} |`,
    ),
  ].join('\n');
}

/** What is required, and honestly whether it was found. */
export function targetsOf(scenario: string, results: readonly Result[]): string {
  const verdicts = verdictsOn(scenario, results);
  if (verdicts.length === 0) return '';
  const word = (isMet: boolean | null) => (isMet === null ? '–' : isMet ? 'met' : '**not met**');
  return [
    '| required | | found | |',
    '| --- | --: | --: | --- |',
    ...verdicts.map(
      ({ metric, required, found, isMet }) =>
        `| ${LABELS[metric] ?? metric} | ${required} | ${found} | ${word(isMet)} |`,
    ),
  ].join('\n');
}

const WIDTH = 720;
const NAME_WIDTH = 150;
const BAR_WIDTH = 440;
const BAR_HEIGHT = 16;
const LINE = 20;
const OURS = '#2f5d50';
const THEIRS = '#b9b2a3';

/** Bars of one scenario: a group for each figure, each bar against the longest of its group. Readable in grey too. */
export function chartOf(scenario: string, results: readonly Result[]): string {
  const parts: string[] = [];
  let y = 34;
  for (const { metric, label, values } of rowsOf(results)) {
    if (NOT_DRAWN.includes(metric)) continue;
    parts.push(`<text x="12" y="${y}" font-weight="600">${label}</text>`);
    y += 8;
    const most = Math.max(...values.map(({ value }) => value), Number.MIN_VALUE);
    for (const { server, value } of values) {
      const width = Math.max(1, (value / most) * BAR_WIDTH).toFixed(1);
      const fill = server.startsWith('longtable') ? OURS : THEIRS;
      parts.push(
        `<text x="${NAME_WIDTH - 8}" y="${y + 13}" text-anchor="end">${server}</text>`,
        `<rect x="${NAME_WIDTH}" y="${y}" width="${width}" height="${BAR_HEIGHT}" fill="${fill}"/>`,
        `<text x="${(NAME_WIDTH + Number(width) + 6).toFixed(1)}" y="${y + 13}">${figure(value)}</text>`,
      );
      y += LINE;
    }
    y += 24;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img" font-family="sans-serif" font-size="13">`,
    `<title>${scenario}</title><rect width="100%" height="100%" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

const BEGIN = '<!-- figures: written by npm run bench -- --report -->';
const END = '<!-- end of figures -->';

/** A page with what stands between its two marks replaced; the rest stays. */
export function pageWith(page: string, figures: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`the page lacks ${BEGIN} … ${END}`);
  return `${before}${BEGIN}\n\n${figures}\n\n${END}${after}`;
}

/** @param where on what it was measured, in a sentence */
export function figuresOf(results: readonly Result[], where: string): string {
  const sections = distinct(results.map(({ scenario }) => scenario)).map((scenario) => {
    const own = results.filter((result) => result.scenario === scenario);
    const runs = distinct(own.map((result) => result.runs)).sort((a, b) => a - b);
    const of = runs.length === 1 ? `${runs[0]}` : `${runs[0]} to ${runs.at(-1)}`;
    const parts = [
      `### ${scenario}`,
      `Medians of ${of} runs.`,
      tableOf(own),
      targetsOf(scenario, own),
      `![${scenario}](benchmarks/${scenario}.svg)`,
    ];
    return parts.filter((part) => part !== '').join('\n\n');
  });
  return [where, ...sections].join('\n\n');
}
