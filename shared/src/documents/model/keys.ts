import type * as Y from 'yjs';

/**
 * The shape of a room's Y.Doc. This folder is the only place that names its keys.
 *
 *   getXmlFragment('text')        flat list of <block kind level? indent? cites?>, each holding one Y.XmlText
 *   getText('text:<field>')       a field of kind "text"
 *   getArray('rows:<field>')      a field of kind "rows": one Y.Map a row
 *     row: { id: string, removed?: true, lifted?: true, [text column]: Y.Text, [other column]: string | string[] }
 *
 * Kind and indent are attributes, never node types: turning a paragraph into a list item must not delete
 * and recreate the node, or a colleague's offline sentence in it vanishes. Free texts of a section are
 * root types, so two people who open an empty field offline write into the same one. A row brings all its
 * Y.Texts with it when it is born, for the same reason, and is removed by a flag, never by deletion.
 */
export const TEXT_FRAGMENT = 'text';
export const BLOCK_NODE = 'block';
export const TEXT_FIELD_PREFIX = 'text:';
export const ROWS_FIELD_PREFIX = 'rows:';
export const ROW_ID = 'id';
export const ROW_REMOVED = 'removed';
export const ROW_LIFTED = 'lifted';

export const BLOCK_KINDS = ['paragraph', 'heading', 'bullet', 'number', 'quote'] as const;
export const MARKS = ['bold', 'italic', 'link'] as const;

export const textFragment = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(TEXT_FRAGMENT);
export const textField = (doc: Y.Doc, field: string): Y.Text => doc.getText(TEXT_FIELD_PREFIX + field);
export const rowsField = (doc: Y.Doc, field: string): Y.Array<Y.Map<unknown>> =>
  doc.getArray<Y.Map<unknown>>(ROWS_FIELD_PREFIX + field);
