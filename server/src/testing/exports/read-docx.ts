import JSZip from 'jszip';

/** Every part of a Word file as text, by its name. */
export async function readParts(docx: Buffer): Promise<Map<string, string>> {
  const zip = await JSZip.loadAsync(docx);
  const parts = new Map<string, string>();
  for (const entry of Object.values(zip.files)) parts.set(entry.name, await entry.async('string'));
  return parts;
}

export interface ReadParagraph {
  style: string | undefined;
  /** Depth in its list, counted from 0. */
  level: number | undefined;
  list: string | undefined;
  isRightToLeft: boolean;
  text: string;
}

export const readParagraphs = (xml: string): ReadParagraph[] =>
  Array.from(xml.matchAll(/<w:p>(.*?)<\/w:p>|<w:p\/>/gs), ([, body = '']) => ({
    style: /<w:pStyle w:val="([^"]*)"/.exec(body)?.[1],
    level: numberOf(/<w:ilvl w:val="(\d+)"/.exec(body)?.[1]),
    list: /<w:numId w:val="(\d+)"/.exec(body)?.[1],
    isRightToLeft: /<w:bidi\/>/.test(body),
    text: textOfXml(body),
  }));

const numberOf = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits));

const textOfXml = (xml: string) =>
  Array.from(xml.matchAll(/<w:t\b[^>]*>([^<]*)<\/w:t>|<w:(br|tab)\/>/g), ([, text, space]) =>
    space === 'br' ? '\n' : space === 'tab' ? '\t' : unescapeXml(text ?? ''),
  ).join('');

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const unescapeXml = (text: string) => text.replace(/&(\w+);/g, (all, name: string) => ENTITIES[name] ?? all);
