export interface Difference {
  /** In UTF-16 units from the start. */
  at: number;
  expected: string;
  found: string;
}

/** How much of both texts to show from where they part. */
const EXCERPT_CHARACTERS = 40;
const BEFORE_CHARACTERS = 10;

/** Where two texts first differ, with a piece of each; null where they are equal. */
export function firstDifference(expected: string, found: string): Difference | null {
  if (expected === found) return null;
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at += 1;
  const piece = (text: string) => text.slice(Math.max(0, at - BEFORE_CHARACTERS), at + EXCERPT_CHARACTERS);
  return { at, expected: piece(expected), found: piece(found) };
}

/** One line a text, and where one differs, two more; ends with how many differ. */
export function describeTexts(expected: string, texts: ReadonlyMap<string, string>) {
  const lines: string[] = [];
  let differing = 0;
  for (const [name, text] of texts) {
    const difference = firstDifference(expected, text);
    if (!difference) {
      lines.push(`${name}: equal to endContent`);
      continue;
    }
    differing += 1;
    const lengths = `${text.length} characters instead of ${expected.length}`;
    lines.push(`${name}: DIFFERS at character ${difference.at} (${lengths})`);
    lines.push(
      `  expected ${JSON.stringify(difference.expected)}`,
      `  found    ${JSON.stringify(difference.found)}`,
    );
  }
  return { lines, differing };
}
