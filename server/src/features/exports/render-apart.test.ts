import { describe, expect, it, jest } from '@jest/globals';
import { renderApart } from './render-apart.ts';
import { render } from './render.ts';
import { richDocument } from '../../testing/exports/rich-document.ts';

jest.setTimeout(60_000);

describe('rendering in a process of its own', () => {
  it('gives the same bytes as rendering here, in every format, several at once', async () => {
    const document = await richDocument('en');
    const formats = ['md', 'docx', 'pdf', 'md'] as const;
    const apart = await Promise.all(formats.map((format) => renderApart(document, format)));
    for (const [index, format] of formats.entries())
      expect(apart[index]?.equals(await render(document, format))).toBe(true);
  });

  it('reports a failure, and goes on with the next', async () => {
    const document = await richDocument('en');
    await expect(renderApart({ ...document, sections: null as never }, 'md')).rejects.toThrow(
      'export failed',
    );
    await expect(renderApart(document, 'md')).resolves.toBeInstanceOf(Buffer);
  });
});
