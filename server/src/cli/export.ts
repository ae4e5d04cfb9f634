import { existsSync } from 'node:fs';
import { LongtableError } from '@longtable/shared/errors';
import { DocumentId } from '@longtable/shared/ids';
import { ExportFormat, ExportPart } from '@longtable/shared/protocol/http/documents';
import { Locale } from '@longtable/shared/protocol/http/people';
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { EnvError, type Env, readEnv } from '../env.ts';
import { DEMO_NAMES, demoDocument } from '../features/documents/documents.service.ts';
import { type ExportRequest, exportDocument } from '../features/exports/exports.service.ts';
import { render } from '../features/exports/render.ts';
import { TargetError, checkTarget, writeWhole } from '../features/exports/write-file.ts';
import { migrate, openDatabase } from '../platform/db.ts';
import type { Db } from '../platform/deps.ts';
import { createLogger } from '../platform/logger.ts';
import { openKeyring } from '../platform/open-keyring.ts';
import { StartupError } from '../platform/startup-error.ts';

/** What the demo table's documents are called here, besides their ids. */
const DemoName = z.enum(DEMO_NAMES);
const DocumentName = z.union([DocumentId, DemoName]);
type DocumentName = z.infer<typeof DocumentName>;

export interface FileRequest extends Omit<ExportRequest, 'documentId'> {
  document: DocumentName;
}

interface Options {
  format: ExportFormat;
  out: string;
  locale: Locale;
  part: ExportPart;
}

/** `longtable export <document> --format pdf --out FILE`. Ends with 0, or with 1 and one sentence. */
export function exportCommand(): Command {
  return new Command('export')
    .description('write what is agreed and what is open of one document to a file')
    .argument(
      '<document>',
      `the id of the document, the last part of its address; or ${DemoName.options.join(', ')}`,
      parsed(DocumentName, 'The document is named by its id, the last part of its address.'),
    )
    .requiredOption(
      '--format <format>',
      ExportFormat.options.join(', '),
      parsed(ExportFormat, `Choose one of ${ExportFormat.options.join(', ')}.`),
    )
    .requiredOption('--out <file>', 'the file to write; one of that name is replaced')
    .option(
      '--locale <locale>',
      'the language of titles and labels',
      parsed(Locale, `Choose one of ${Locale.options.join(', ')}.`),
      'en',
    )
    .option(
      '--part <part>',
      `${ExportPart.options.join(' or ')}: all of it, or one page of who does what by when`,
      parsed(ExportPart, `Choose one of ${ExportPart.options.join(', ')}.`),
      'document',
    )
    .action(async (document: DocumentName, { format, locale, part, out }: Options) => {
      try {
        await exportToFile(readEnv(), { document, format, locale, part }, out);
        process.stdout.write(`Wrote ${out}\n`);
      } catch (error) {
        process.stderr.write(`${sentenceOf(error)}\n`);
        process.exitCode = 1;
      }
    });
}

/**
 * The embedded database is open to one process at a time, so its server must not be running.
 *
 * @throws EnvError, TargetError, StartupError, LongtableError notFound, badRequest
 */
export async function exportToFile(
  env: Env,
  { document, ...request }: FileRequest,
  file: string,
): Promise<void> {
  // Opening would make them, and an export that finds nothing should not leave a new server behind.
  for (const [folder, name] of [
    ...(env.keysDatabaseUrl ? [] : [[env.keysDir, 'KEYS_DIR']]),
    ...(env.databaseUrl ? [] : [[env.dataDir, 'DATA_DIR']]),
  ] as const) {
    if (!existsSync(folder!))
      throw new StartupError(`There is no folder ${folder}. Set ${name} to the one that the server uses.`);
  }
  await checkTarget(file);
  const database = await openDatabase(env, { poolSize: 1 });
  try {
    await migrate(database.db);
    const keyring = await openKeyring(env, { mayBeNew: false, logger: createLogger({ level: 'error' }) });
    try {
      const documentId = await idOf(database.db, document);
      const { bytes } = await exportDocument(
        { db: database.db, keyring },
        { ...request, documentId },
        render,
      );
      await writeWhole(file, bytes);
    } finally {
      await keyring.close();
    }
  } finally {
    await database.close();
  }
}

async function idOf(db: Db, document: DocumentName): Promise<DocumentId> {
  const name = DemoName.safeParse(document);
  if (!name.success) return DocumentId.parse(document);
  const id = await demoDocument(db, name.data);
  if (!id) throw new StartupError('There is no demo table here. Set it with: npm run seed');
  return id;
}

const parsed =
  <Schema extends z.ZodType>(schema: Schema, sentence: string) =>
  (value: string): z.infer<Schema> => {
    const result = schema.safeParse(value);
    if (!result.success) throw new InvalidArgumentError(sentence);
    return result.data;
  };

function sentenceOf(error: unknown): string {
  if (error instanceof LongtableError && error.code === 'notFound')
    return 'There is no document with this id.';
  if (error instanceof LongtableError && error.code === 'badRequest')
    return 'This document does not say who does what. Leave out --part.';
  if (error instanceof EnvError || error instanceof TargetError || error instanceof StartupError)
    return error.message;
  return `The export failed: ${error instanceof Error ? error.message : 'unknown reason'}`;
}
