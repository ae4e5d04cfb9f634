import JSZip from 'jszip';

/**
 * The only parts a Word file of ours has. Whatever else a library adds (comments, footnotes, custom
 * properties) is left out, so a new version of it cannot start telling who wrote when.
 */
const PARTS = [
  '[Content_Types].xml',
  '_rels/.rels',
  'docProps/app.xml',
  'docProps/core.xml',
  'word/_rels/document.xml.rels',
  'word/document.xml',
  'word/fontTable.xml',
  'word/footer1.xml',
  'word/numbering.xml',
  'word/settings.xml',
  'word/styles.xml',
] as const;

/** The first day that a ZIP entry can carry. */
const NO_DAY = new Date('1980-01-01T00:00:00Z');

/**
 * Rewrites a Word file so that it holds no author, date, revision or random id: the same words give the same
 * bytes, and two copies cannot be told apart by who exported them or when.
 */
export async function sanitiseDocx(
  bytes: Buffer,
  about: { title: string; language: string },
): Promise<Buffer> {
  const source = await JSZip.loadAsync(bytes);
  const parts = new Map<string, string>();
  for (const name of PARTS) {
    const part = source.file(name);
    if (part) parts.set(name, await part.async('string'));
  }
  edit(parts, '[Content_Types].xml', dropForeignTypes);
  edit(parts, '_rels/.rels', dropForeignRelationships);
  edit(parts, 'word/_rels/document.xml.rels', dropForeignRelationships);
  renumberRelationships(parts);
  parts.set('docProps/core.xml', coreProperties(about));
  parts.set('docProps/app.xml', APP_PROPERTIES);

  const target = new JSZip();
  for (const [name, text] of parts) target.file(name, text, { date: NO_DAY, createFolders: false });
  return target.generateAsync({
    type: 'nodebuffer',
    compression: 'DEFLATE',
    compressionOptions: { level: 6 },
    platform: 'DOS',
  });
}

function edit(
  parts: Map<string, string>,
  name: (typeof PARTS)[number],
  change: (xml: string) => string,
): void {
  const xml = parts.get(name);
  if (xml === undefined) throw new Error(`the Word file has no ${name}`);
  parts.set(name, change(xml));
}

const isKept = (name: string) => (PARTS as readonly string[]).includes(name);

const dropForeignTypes = (xml: string) =>
  xml
    .replace(/<Override\b[^>]*\bPartName="\/([^"]*)"[^>]*\/>/g, (tag, name: string) =>
      isKept(name) ? tag : '',
    )
    .replace(/<Default\b[^>]*\bExtension="([^"]*)"[^>]*\/>/g, (tag, extension: string) =>
      /^(?:rels|xml)$/.test(extension) ? tag : '',
    );

const dropForeignRelationships = (xml: string) =>
  xml.replace(/<Relationship\b[^>]*\/>/g, (tag) => {
    const target = /\bTarget="([^"]*)"/.exec(tag)?.[1] ?? '';
    return /\bTargetMode="External"/.test(tag) || isKept(target) || isKept(`word/${target}`) ? tag : '';
  });

/** Links get random ids; counted in their order they are the same every time. */
function renumberRelationships(parts: Map<string, string>): void {
  const ids = new Map<string, string>();
  edit(parts, 'word/_rels/document.xml.rels', (xml) =>
    xml.replace(/\bId="([^"]*)"/g, (_, id: string) => {
      ids.set(id, `rId${ids.size + 1}`);
      return `Id="${ids.get(id)}"`;
    }),
  );
  edit(parts, 'word/document.xml', (xml) =>
    xml.replace(/<[^>]*\br:id="[^>]*>/g, (tag) =>
      tag.replace(/\br:id="([^"]*)"/g, (all, id: string) => (ids.has(id) ? `r:id="${ids.get(id)}"` : all)),
    ),
  );
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

const APP_PROPERTIES = `${XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`;

const coreProperties = ({ title, language }: { title: string; language: string }) =>
  `${XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
  ` xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title><dc:language>${escapeXml(language)}</dc:language></cp:coreProperties>`;

const escapeXml = (text: string) => text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
