/**
 * Moves when the set of node types, attributes or marks in a room grows: a client that does not know one
 * would delete it. Apart from the model, so that a server can compare versions without loading Yjs.
 *
 * 1  2026-11  block (kind, level, indent); bold, italic, link; text fields; rows
 * 2  2026-11  rows may be lifted out of what is put before the circles
 * 3  2026-11  a quote may say whose shared words it is taken from (cites)
 */
export const CONTENT_VERSION = 3;
