import type { CanonicalBlock, CanonicalCell, CanonicalField } from '@longtable/shared/documents/canonical';
import { liftRow, readRows, type RowsField } from '@longtable/shared/documents/model/rows';
import { writeCell, writeRows, writeSection } from '@longtable/shared/documents/model/write-section';
import type { DocumentKind } from '@longtable/shared/documents/template';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import type { RoomId } from '@longtable/shared/ids';
import { addDays } from '../../features/people/people.service.ts';
import type { Pen } from '../../features/rooms/pen.ts';
import { roomsOfDocument, type SectionRooms } from '../../features/rooms/rooms.service.ts';
import type { Deps } from '../../platform/deps.ts';
import { LATER, LIFTED, REPAIR } from '../demo/answers.ts';
import type { Both, DemoCell, DemoDocument, DemoRow, DemoSection } from '../demo/content.ts';
import { ownDrafts } from '../demo/own-words.ts';
import type { DemoTable, SeatedCircle } from './table.ts';

/** Several circles write, each a section after the other, as on an evening. */
export async function writeJointWords(
  deps: Deps,
  pen: Pen,
  table: DemoTable,
  { kind, sections }: DemoDocument,
): Promise<void> {
  const writers = [...table.circles.values()];
  for (const [index, [key, demo]] of Object.entries(sections).entries()) {
    const section = sectionOf(kind, key);
    const content = contentOf(demo, deps.clock.today());
    const writer = writers[index % writers.length]!;
    await pen.write(writer.members[0]!.id, await jointRoom(deps, table, kind, key), (doc) =>
      writeSection(doc, section, 'partnership', content),
    );
  }
}

/** Each circle's own words, in its own rooms. */
export async function writeOwnWords(deps: Deps, pen: Pen, table: DemoTable): Promise<void> {
  for (const { circle, document, section, text } of ownDrafts) {
    const writer = table.circles.get(circle)!;
    const { rooms } = await roomsAt(deps, table, document, section, writer);
    await pen.write(writer.members[0]!.id, rooms.circle!, (doc) =>
      writeSection(doc, sectionOf(document, section), 'circle', { blocks: text.map(paragraph), fields: [] }),
    );
  }
}

/** Sets the disputed activity aside while its section is open. */
export async function liftDisputed(deps: Deps, pen: Pen, table: DemoTable): Promise<void> {
  const room = await jointRoom(deps, table, 'plan', LIFTED.section);
  const field = rowsField('plan', LIFTED);
  await pen.write(table.circles.get('river')!.members[0]!.id, room, (doc) =>
    liftRow(doc, field.key, readRows(doc, field)[LIFTED.row]!.id),
  );
}

/** Other words, with which the circle that could not live with the first ones can. */
export async function repairWords(deps: Deps, pen: Pen, table: DemoTable): Promise<void> {
  const room = await jointRoom(deps, table, 'plan', REPAIR.section);
  const field = rowsField('plan', REPAIR);
  await pen.write(table.circles.get('cedar')!.members[0]!.id, room, (doc) => {
    const row = readRows(doc, field)[REPAIR.row]!.id;
    for (const [column, words] of Object.entries(REPAIR.cells))
      writeCell(doc, field, row, column, inBoth(words));
  });
}

/** Words that came after everyone had agreed. */
export async function writeLater(deps: Deps, pen: Pen, table: DemoTable): Promise<void> {
  const room = await jointRoom(deps, table, 'definition', LATER.section);
  const field = rowsField('definition', LATER);
  const rows = [cellsOf(LATER.cells, deps.clock.today())];
  await pen.write(table.circles.get('lantern')!.members[0]!.id, room, (doc) =>
    writeRows(doc, field, { key: field.key, kind: 'rows', rows }),
  );
}

async function roomsAt(
  deps: Deps,
  table: DemoTable,
  kind: DocumentKind,
  section: string,
  circle: SeatedCircle | null,
): Promise<SectionRooms> {
  const rooms = await roomsOfDocument(deps, { id: table.documents[kind], kind }, circle && circle.circle.id);
  return rooms.find(({ key }) => key === section)!;
}

const jointRoom = async (
  deps: Deps,
  table: DemoTable,
  kind: DocumentKind,
  section: string,
): Promise<RoomId> => (await roomsAt(deps, table, kind, section, null)).rooms.partnership;

function rowsField(kind: DocumentKind, { section, field }: { section: string; field: string }): RowsField {
  const found = sectionOf(kind, section).fields.find(({ key }) => key === field);
  if (found?.kind !== 'rows') throw new Error(`${section} has no table ${field}`);
  return found;
}

/** The second language stands below the first, in a cell on a line of its own. */
const inBoth = ({ en, ar }: Both): string => `${en}\n${ar}`;

const paragraph = (text: string): CanonicalBlock => ({ kind: 'paragraph', runs: [{ text }] });

function contentOf({ text = [], fields = {} }: DemoSection, today: string) {
  return {
    blocks: [...text.map(({ en }) => en), ...text.map(({ ar }) => ar)].map(paragraph),
    fields: Object.entries(fields).map(([key, value]): CanonicalField =>
      'en' in value
        ? { key, kind: 'text', text: inBoth(value) }
        : { key, kind: 'rows', rows: value.map((row) => cellsOf(row, today)) },
    ),
  };
}

const cellsOf = (row: DemoRow, today: string): Record<string, CanonicalCell> =>
  Object.fromEntries(Object.entries(row).map(([column, cell]) => [column, cellOf(cell, today)]));

function cellOf(cell: DemoCell, today: string): CanonicalCell {
  if (typeof cell === 'string') return cell;
  if ('inDays' in cell) return addDays(today, cell.inDays);
  return 'en' in cell ? inBoth(cell) : [...cell];
}
