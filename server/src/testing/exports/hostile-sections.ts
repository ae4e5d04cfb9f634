import { MAX_BLOCKS } from '@longtable/shared/limits';
import { block, type Written } from './sample.ts';

/** Shapes that no person means and some client will send. */
export const hostileSections: [name: string, written: Written][] = [
  [
    'blocks of white space alone',
    {
      blocks: ['paragraph', 'heading', 'quote', 'bullet', 'number'].map((kind) =>
        block(' \n\t\u200b ', kind as 'paragraph'),
      ),
    },
  ],
  [
    'a heading of the third level first',
    {
      blocks: [
        block('Deep', 'heading', { level: 3 }),
        block('Up', 'heading', { level: 1 }),
        block('Deep', 'heading', { level: 3 }),
      ],
    },
  ],
  [
    'a list that begins at the deepest indent',
    {
      blocks: [
        block('a', 'number', { indent: 5 }),
        block('b', 'bullet', { indent: 3 }),
        block('c', 'number'),
      ],
    },
  ],
  [
    'lists nested as deep as they go',
    { blocks: [0, 1, 2, 3, 4, 5, 5, 0].map((indent) => block(`item ${indent}`, 'number', { indent })) },
  ],
  ['empty items', { blocks: [block('', 'bullet'), block('', 'number', { indent: 1 }), block('', 'bullet')] }],
  [
    'a link without words',
    {
      blocks: [
        {
          kind: 'paragraph',
          runs: [
            { text: '', href: 'https://example.org' },
            { text: ' ', href: 'https://example.org/ ' },
          ],
        },
      ],
    },
  ],
  [
    'an address of 2,000 letters',
    {
      blocks: [
        { kind: 'paragraph', runs: [{ text: 'x', href: `https://example.org/${'a'.repeat(1_980)}` }] },
      ],
    },
  ],
  [
    'half letters, control characters and marks with nothing to stand on',
    { blocks: [block('\ud83d \udc00 \0 \u0001 \u001b \u0301 \u202e abc \ufeff \ufffe')] },
  ],
  ['many lines in one block', { blocks: [block('line\n'.repeat(3_000))] }],
  [
    'as many blocks as a section may have',
    {
      blocks: Array.from({ length: MAX_BLOCKS }, (_, index) =>
        block(`Block ${index}`, index % 3 ? 'number' : 'paragraph'),
      ),
    },
  ],
  [
    'unknown fields and columns',
    {
      fields: [
        { key: 'nothing-we-know', kind: 'text', text: 'secret' },
        { key: 'activities', kind: 'rows', rows: [{ unknown: 'x' }] },
      ],
    },
  ],
];
