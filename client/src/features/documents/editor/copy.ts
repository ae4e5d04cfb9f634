import { DOMSerializer, type Fragment, type Schema } from '@tiptap/pm/model';
import { attrsOf, isItem } from './block.ts';

/**
 * Writes blocks for other programs: real lists instead of our flat items, real links instead of spans.
 * Our own attributes stay on each element, so that pasting here brings back exactly what was copied.
 */
export function clipboardSerializer(schema: Schema): DOMSerializer {
  const marks = DOMSerializer.marksFromSchema(schema);
  const serializer = new DOMSerializer(DOMSerializer.nodesFromSchema(schema), {
    ...marks,
    link: (mark) => ['a', { href: String(mark.attrs['href']), rel: 'noreferrer' }, 0],
  });
  const plain = serializer.serializeFragment.bind(serializer);
  serializer.serializeFragment = (fragment, options, target) => {
    const written = plain(fragment, options, target);
    return isFlat(fragment) ? nestItems(fragment, written as DocumentFragment) : written;
  };
  return serializer;
}

const isFlat = (fragment: Fragment) => fragment.firstChild?.isTextblock === true;

function nestItems(fragment: Fragment, flat: DocumentFragment): DocumentFragment {
  const { ownerDocument } = flat;
  const elements = [...flat.children];
  const out = ownerDocument.createDocumentFragment();
  let open: { list: HTMLElement; tag: string; depth: number }[] = [];

  fragment.forEach((node, _offset, index) => {
    const element = elements[index];
    if (element === undefined) return;
    const attrs = attrsOf(node);
    if (!isItem(attrs)) {
      open = [];
      out.append(element);
      return;
    }
    const tag = attrs.kind === 'number' ? 'ol' : 'ul';
    const depth = attrs.indent ?? 0;
    open = open.filter((each) => each.depth < depth || (each.depth === depth && each.tag === tag));
    if (open.at(-1)?.depth !== depth) {
      const list = ownerDocument.createElement(tag);
      (open.at(-1)?.list.lastElementChild ?? out).append(list);
      open.push({ list, tag, depth });
    }
    const item = ownerDocument.createElement('li');
    item.append(element);
    open.at(-1)?.list.append(item);
  });
  return out;
}
