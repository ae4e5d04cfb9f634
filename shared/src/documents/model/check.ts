import * as Y from 'yjs';
import { MAX_BLOCKS, MAX_HREF_CHARACTERS, MAX_INDENT, MAX_ROWS } from '../../limits.ts';
import { type Audience, fieldsFor } from '../rooms.ts';
import type { Column, Section } from '../template.ts';
import {
  BLOCK_KINDS,
  BLOCK_NODE,
  ROWS_FIELD_PREFIX,
  ROW_ID,
  ROW_LIFTED,
  ROW_REMOVED,
  TEXT_FIELD_PREFIX,
  TEXT_FRAGMENT,
  rowsField,
  textField,
  textFragment,
} from './keys.ts';
import type { RowsField } from './rows.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where a shared type sits in a room, hence what may stand in it. */
type Place =
  | { kind: 'blocks' }
  | { kind: 'block' }
  | { kind: 'blockText' }
  | { kind: 'plainText' }
  | { kind: 'rows'; field: RowsField }
  | { kind: 'row'; field: RowsField };

type SharedType = Y.AbstractType<unknown>;

/**
 * Judges what one transaction did to a room's document. Only what is new is looked at, so that the
 * cost of a keystroke does not grow with the section. One checker per Y.Doc.
 */
export interface RoomChecker {
  /** The first thing that does not belong, or null. Call inside `afterTransaction`. */
  findFault(transaction: Y.Transaction): string | null;
}

/** Opens the section's root types, so that later updates find them typed, and watches for any other. */
export function createRoomChecker(doc: Y.Doc, section: Section, audience: Audience['kind']): RoomChecker {
  const places = new WeakMap<SharedType, Place>();
  const rootNames = new Set<string>([TEXT_FRAGMENT]);
  places.set(textFragment(doc) as SharedType, { kind: 'blocks' });
  for (const field of fieldsFor(section, audience)) {
    if (field.kind === 'text') {
      places.set(textField(doc, field.key) as SharedType, { kind: 'plainText' });
      rootNames.add(TEXT_FIELD_PREFIX + field.key);
    } else {
      places.set(rowsField(doc, field.key) as SharedType, { kind: 'rows', field });
      rootNames.add(ROWS_FIELD_PREFIX + field.key);
    }
  }

  const placeOf = (type: SharedType): Place | null => {
    const known = places.get(type);
    if (known) return known;
    const parent = type._item?.parent;
    const parentPlace = parent instanceof Y.AbstractType ? placeOf(parent as SharedType) : null;
    const place = parentPlace && childPlace(parentPlace);
    if (place) places.set(type, place);
    return place;
  };

  return {
    findFault(transaction) {
      for (const name of doc.share.keys()) if (!rootNames.has(name)) return `unknown root "${name}"`;
      return (
        findNewItemFault(transaction, placeOf) ??
        findDeletedRowFault(transaction, placeOf) ??
        findExcess(doc, section, audience)
      );
    },
  };
}

function childPlace(parent: Place): Place | null {
  switch (parent.kind) {
    case 'blocks':
      return { kind: 'block' };
    case 'block':
      return { kind: 'blockText' };
    case 'rows':
      return { kind: 'row', field: parent.field };
    case 'row':
      return { kind: 'plainText' };
    case 'blockText':
    case 'plainText':
      return null;
  }
}

function findNewItemFault(
  transaction: Y.Transaction,
  placeOf: (type: SharedType) => Place | null,
): string | null {
  const { store } = transaction.doc;
  for (const [client, end] of transaction.afterState) {
    const start = transaction.beforeState.get(client) ?? 0;
    if (start === end) continue;
    const structs = store.clients.get(client) ?? [];
    for (let i = Y.findIndexSS(structs as Y.Item[], start); i < structs.length; i++) {
      const fault = findItemFault(structs[i], placeOf);
      if (fault) return fault;
    }
  }
  return null;
}

function findItemFault(
  struct: Y.Item | Y.GC | undefined,
  placeOf: (type: SharedType) => Place | null,
): string | null {
  if (!(struct instanceof Y.Item) || struct.content instanceof Y.ContentDeleted) return null;
  const { parent, parentSub, content } = struct;
  const place = parent instanceof Y.AbstractType ? placeOf(parent as SharedType) : null;
  if (!place) return 'content in no known place';
  switch (place.kind) {
    case 'blocks':
      return parentSub === null && isType(content, Y.XmlElement, (type) => type.nodeName === BLOCK_NODE)
        ? null
        : 'a section holds blocks only';
    case 'block':
      if (parentSub !== null)
        return isBlockAttribute(parentSub, anyValue(content)) ? null : `block attribute "${parentSub}"`;
      return isType(content, Y.XmlText) ? null : 'a block holds text only';
    case 'blockText':
      if (parentSub !== null) return 'a text has no attributes';
      if (content instanceof Y.ContentString) return null;
      return content instanceof Y.ContentFormat && isMark(content.key, content.value)
        ? null
        : 'unknown mark or embed';
    case 'plainText':
      return parentSub === null && content instanceof Y.ContentString
        ? null
        : 'a field holds plain text only';
    case 'rows':
      return parentSub === null && isType(content, Y.Map) ? null : 'a table holds rows only';
    case 'row':
      return findCellFault(struct, place.field);
  }
}

function findCellFault(item: Y.Item, field: RowsField): string | null {
  const { parentSub: key, content } = item;
  const value = anyValue(content);
  if (key === ROW_REMOVED || key === ROW_LIFTED) return typeof value === 'boolean' ? null : 'row flag';
  // Replacing an id, or a text with a fresh one, would swallow what others typed into the old one.
  if (key === ROW_ID)
    return typeof value === 'string' && UUID.test(value) && item.left === null ? null : 'row id';
  const column = field.columns.find((candidate) => candidate.key === key);
  if (!column) return `unknown column "${key}"`;
  if (column.kind === 'text')
    return isType(content, Y.Text) && item.left === null ? null : `text column "${key}"`;
  return value === null || isCell(column, value) ? null : `value of column "${key}"`;
}

function isCell(column: Exclude<Column, { kind: 'text' }>, value: unknown): boolean {
  switch (column.kind) {
    case 'choice':
      return typeof value === 'string' && column.options.includes(value);
    case 'choices':
      return (
        Array.isArray(value) &&
        value.every((item) => typeof item === 'string' && column.options.includes(item))
      );
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  }
}

function isBlockAttribute(key: string, value: unknown): boolean {
  switch (key) {
    case 'kind':
      return BLOCK_KINDS.some((kind) => kind === value);
    case 'level':
      return value === 1 || value === 2 || value === 3;
    case 'indent':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_INDENT;
    // Whether such words are shared is not for a room to know: whoever reads it resolves the id, or shows none.
    case 'cites':
      return typeof value === 'string' && UUID.test(value);
    default:
      return false;
  }
}

/** A mark's end is written as null. */
function isMark(key: string, value: unknown): boolean {
  if (value === null) return key === 'bold' || key === 'italic' || key === 'link';
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  if (key === 'bold' || key === 'italic') return Object.keys(value).length === 0;
  if (key !== 'link' || Object.keys(value).join() !== 'href') return false;
  const { href } = value as { href: unknown };
  return typeof href === 'string' && href.length <= MAX_HREF_CHARACTERS && /^(https?:|mailto:)/i.test(href);
}

/** A row leaves by its flag: deleting it, or a text of it, would take along what a neighbour is typing there. */
function findDeletedRowFault(
  transaction: Y.Transaction,
  placeOf: (type: SharedType) => Place | null,
): string | null {
  let fault: string | null = null;
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (!(struct instanceof Y.Item)) return;
    const place = struct.parent instanceof Y.AbstractType ? placeOf(struct.parent as SharedType) : null;
    if (place?.kind === 'rows') fault = 'a row is removed by its flag';
    if (place?.kind === 'row' && (struct.parentSub === ROW_ID || struct.content instanceof Y.ContentType))
      fault = 'a row keeps its id and its texts';
  });
  return fault;
}

function findExcess(doc: Y.Doc, section: Section, audience: Audience['kind']): string | null {
  if (textFragment(doc).length > MAX_BLOCKS) return 'too many blocks';
  for (const field of fieldsFor(section, audience)) {
    if (field.kind === 'rows' && rowsField(doc, field.key).length > MAX_ROWS) return 'too many rows';
  }
  return null;
}

function anyValue(content: unknown): unknown {
  return content instanceof Y.ContentAny && content.arr.length === 1
    ? (content.arr[0] as unknown)
    : undefined;
}

function isType<T>(
  content: unknown,
  type: new (...args: never[]) => T,
  test?: (type: T) => boolean,
): boolean {
  return content instanceof Y.ContentType && content.type instanceof type && (test?.(content.type) ?? true);
}
