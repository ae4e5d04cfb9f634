import formatjs from 'eslint-plugin-formatjs';

const { rules } = formatjs.default ?? formatjs;
const literal = rules['no-literal-string-in-jsx'];

function textOf(node) {
  if (node.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.raw).join('');
  return String(node.value ?? '');
}

/**
 * Text that people read and that stands in the code, in elements and in attributes. Signs without a letter
 * (✕, ·) and the product's own name need no translation and pass.
 */
export const hardCodedText = {
  meta: literal.meta,
  create: (context) =>
    literal.create({
      options: context.options,
      sourceCode: context.sourceCode,
      report: (problem) => {
        if (/\p{L}/u.test(textOf(problem.node).replaceAll('Longtable', ''))) context.report(problem);
      },
    }),
};
