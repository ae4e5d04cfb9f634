import type { Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';

/**
 * Reads a section's text back out of an exported Markdown file, as any CommonMark reader with tables would:
 * one line a block, line breaks inside a block kept. Throws where the file has no such section.
 */
export function readMarkdownText(markdown: string, sectionNumber: number): string {
  return readMarkdownSection(parseMarkdown(markdown), sectionNumber).flatMap(blockTexts).join('\n');
}

export function parseMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] });
}

/** The nodes that people wrote: after the heading and the prompt, before the rule that begins the fields. */
export function readMarkdownSection(root: Root, sectionNumber: number): RootContent[] {
  const start = root.children.findIndex(
    (node) => node.type === 'heading' && node.depth === 2 && textOf(node).startsWith(`${sectionNumber}. `),
  );
  if (start < 0) throw new Error(`the file has no section ${sectionNumber}`);
  const rest = root.children.slice(start + 2);
  const end = rest.findIndex(
    (node) => node.type === 'thematicBreak' || (node.type === 'heading' && node.depth <= 2),
  );
  return end < 0 ? rest : rest.slice(0, end);
}

function blockTexts(node: RootContent): string[] {
  switch (node.type) {
    case 'list':
      return node.children.flatMap((item) => {
        const [first, ...others] = item.children;
        const own = first?.type === 'paragraph' ? [textOf(first)] : ['', ...(first ? blockTexts(first) : [])];
        return [...own, ...others.flatMap(blockTexts)];
      });
    case 'blockquote':
      return node.children.flatMap(blockTexts);
    default:
      return [textOf(node)];
  }
}

export function textOf(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}
