import fc from 'fast-check';

/** Pieces that break exporters: marks of other languages, edges of lines, letters outside the first plane. */
const pieces = [
  '\n', '\n\n', '\r', '\r\n', '\t', ' ', '  ', '    ', '\\', '\\\n', '\\\\', '*', '**', '_', '__', '`', '```', '~~~', '~~',
  '#', '# ', '###### ', '=', '===', '---', '***', '- ', '+ ', '1. ', '1) ', '999999999. ', '> ', '|', '| a |', '|---|---|', ':-:',
  '<b>', '<!-- ', '-->', '<script>', '</p>', '<?', '<![CDATA[', '&amp;', '&#10;', '&', '&copy', '[', ']', '](', '![', '[a]: b', '[^1]', '!', '(', ')',
  'https://example.org/a_b_c?x=*y*', '<https://example.org>', 'a@b.example', 'www.example.org', '\\section{Who}', '$x_1^2$', '%', '{', '}', '#eval("1")', '#import',
  '@ref', '= Heading', '/ term: x', '//', '/*', '😀', '👩‍👩‍👧', '𝒳', '\u200b', '\u200d', '\u200e', '\u202e', '\ufeff', '\u00a0', '\u2028', '\u0085', '\u000c', '\u000b', '\u0001',
  'مرحبا', 'नमस्ते', 'বাংলা', 'e\u0301', 'a', 'b', 'word', '1', '.', ':', '"', "'", '-', '+', ';',
] as const;

export const hostileText = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) }), { maxLength: 25 })
  .map((parts) => parts.join(''))
  // The one character that CommonMark itself replaces; every format here writes U+FFFD for it.
  .map((text) => text.replaceAll('\0', ''));
