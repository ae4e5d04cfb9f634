import { MAX_HREF_CHARACTERS } from '@longtable/shared/limits';
import { getMarkRange, Mark } from '@tiptap/core';
import type { EditorState } from '@tiptap/pm/state';

/** What may stand behind a word. Anything else (javascript:, data:, file:) is left as plain text. */
export function readHref(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MAX_HREF_CHARACTERS || /\s/.test(trimmed)) return null;
  if (/^(https?:\/\/|mailto:)/i.test(trimmed)) return trimmed;
  if (/^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return null;
  if (/^[^/@\s]+@[^/@\s]+\.[^/@\s]+$/.test(trimmed)) return `mailto:${trimmed}`;
  return /^[^/\s]+\.[^/\s]{2,}/.test(trimmed) ? `https://${trimmed}` : null;
}

/**
 * A link is shown, never fetched and never followed by a touch on the word: it is no anchor, so neither
 * a preview nor a slip of the finger can tell a foreign server that somebody here reads it.
 */
export const Link = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes: () => ({ href: { isRequired: true, rendered: false } }),
  parseHTML: () => [
    {
      tag: 'span[data-href]',
      getAttrs: (element) => {
        const href = readHref(element.dataset['href'] ?? '');
        return href === null ? false : { href };
      },
    },
  ],
  renderHTML: ({ mark }) => ['span', { class: 'link', 'data-href': String(mark.attrs['href']) }, 0],
});

export interface LinkAtCaret {
  href: string;
  from: number;
  to: number;
}

export function linkAtCaret(state: EditorState): LinkAtCaret | null {
  const type = state.schema.marks['link'];
  if (type === undefined) return null;
  const range = getMarkRange(state.selection.$from, type);
  if (!range) return null;
  const mark = state.doc.nodeAt(range.from)?.marks.find((each) => each.type === type);
  return mark ? { href: String(mark.attrs['href']), from: range.from, to: range.to } : null;
}

/** The other site learns neither this address nor that a window opened it. */
export const openLink = (href: string) => window.open(href, '_blank', 'noopener,noreferrer');
