import { createRequire } from 'node:module';
import path from 'node:path';

interface Family {
  name: string;
  package: string;
  /** Folders of the package, one font file in each. */
  styles: readonly string[];
}

const UPRIGHT = ['400Regular', '700Bold'] as const;

/**
 * Every script that a PDF can draw, in the order in which a letter is looked for. One more script is one more
 * line, and its package in package.json. Vazirmatn comes before Noto Sans Arabic because Noto draws a letter and
 * its dots apart, and then each dotted letter stands twice in what a screen reader, a search or a copy gets.
 */
const families: readonly Family[] = [
  { name: 'Noto Sans', package: 'noto-sans', styles: [...UPRIGHT, '400Regular_Italic', '700Bold_Italic'] },
  { name: 'Vazirmatn', package: 'vazirmatn', styles: UPRIGHT },
  { name: 'Noto Sans Arabic', package: 'noto-sans-arabic', styles: UPRIGHT },
  { name: 'Noto Sans Devanagari', package: 'noto-sans-devanagari', styles: UPRIGHT },
  { name: 'Noto Sans Bengali', package: 'noto-sans-bengali', styles: UPRIGHT },
  { name: 'Noto Sans Math', package: 'noto-sans-math', styles: ['400Regular'] },
  { name: 'Noto Sans Symbols 2', package: 'noto-sans-symbols-2', styles: ['400Regular'] },
  { name: 'Noto Emoji', package: 'noto-emoji', styles: UPRIGHT },
];

export const fontNames: readonly string[] = families.map((family) => family.name);

export function fontFolders(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return families.flatMap((family) => {
    const root = path.dirname(resolve(`@expo-google-fonts/${family.package}/package.json`));
    return family.styles.map((style) => path.join(root, style));
  });
}
