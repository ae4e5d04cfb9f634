import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as Y from 'yjs';
import { bindText } from './shared-text.ts';

/** As much of a textarea as the binding uses. */
class FakeTextarea extends EventTarget {
  value = '';
  selectionStart = 0;
  selectionEnd = 0;
  selectionDirection = 'none';

  setSelectionRange(start: number, end: number): void {
    this.selectionStart = start;
    this.selectionEnd = end;
  }

  /** Types at the caret, as a browser does: first the value, then the event. */
  type(text: string): void {
    this.value = this.value.slice(0, this.selectionStart) + text + this.value.slice(this.selectionEnd);
    this.selectionStart = this.selectionEnd = this.selectionStart + text.length;
    this.dispatchEvent(new Event('input'));
  }
}

describe('a shared text', () => {
  let here: Y.Text;
  let there: Y.Text;
  let area: FakeTextarea;
  let unbind: () => void;
  const page = globalThis as { document?: unknown };

  beforeEach(() => {
    const docs = [new Y.Doc(), new Y.Doc()] as const;
    docs[0].on('update', (update: Uint8Array) => Y.applyUpdate(docs[1], update, 'wire'));
    docs[1].on('update', (update: Uint8Array) => Y.applyUpdate(docs[0], update, 'wire'));
    here = docs[0].getText('t');
    there = docs[1].getText('t');
    here.insert(0, 'middle');
    area = new FakeTextarea();
    page.document = { activeElement: area };
    unbind = bindText(area as unknown as HTMLTextAreaElement, here, () => undefined);
    area.setSelectionRange(6, 6);
  });

  afterEach(() => {
    delete page.document;
  });

  it('writes what is typed as one small change', () => {
    const deltas: unknown[] = [];
    there.observe((event) => deltas.push(event.delta));
    area.type('!');
    expect(there.toString()).toBe('middle!');
    expect(deltas).toEqual([[{ retain: 6 }, { insert: '!' }]]);
  });

  it('shows what others type and keeps the caret at its letter', () => {
    area.setSelectionRange(3, 3);
    there.insert(0, 'the ');
    expect(area.value).toBe('the middle');
    expect(area.selectionStart).toBe(7);
  });

  it('keeps others out of an unfinished composition, then puts both in', () => {
    area.dispatchEvent(new Event('compositionstart'));
    area.type('に');
    there.insert(0, 'the ');
    expect(area.value).toBe('middleに');
    area.dispatchEvent(new Event('compositionend'));
    expect(area.value).toBe('the middleに');
    expect(there.toString()).toBe('the middleに');
    expect(area.selectionStart).toBe(11);
  });

  it('does not delete what somebody wrote inside the words that a composition replaced', () => {
    area.setSelectionRange(0, 6);
    area.dispatchEvent(new Event('compositionstart'));
    area.type('X');
    there.insert(3, '-NEW-');
    area.dispatchEvent(new Event('compositionend'));
    expect(there.toString()).toContain('-NEW-');
    expect(there.toString()).toContain('X');
    expect(area.value).toBe(there.toString());
  });

  it('keeps an unfinished composition when the field goes away, and listens no more', () => {
    area.dispatchEvent(new Event('compositionstart'));
    area.type('に');
    unbind();
    expect(there.toString()).toBe('middleに');
    there.insert(0, 'x');
    expect(area.value).toBe('middleに');
  });
});
