import { randomInt, randomUUID } from 'node:crypto';
import type { DocumentKind } from '@longtable/shared/documents/template';
import { partnershipTemplateFor } from '@longtable/shared/documents/templates/partnership-templates';
import { LongtableError } from '@longtable/shared/errors';
import type { DocumentId, PartnershipId } from '@longtable/shared/ids';
import type {
  LaidTable,
  StartedPartnership,
  StartPartnership,
} from '@longtable/shared/protocol/http/partnerships';
import type { Db, Deps } from '../../platform/deps.ts';
import { addCircles, circlesAt } from '../circles/circles.service.ts';
import { sitAsFacilitator, sitFirst } from '../circles/doors.service.ts';
import { canInviteFacilitator } from '../partnerships/partnerships.policy.ts';
import { addPartnership, readPartnership } from '../partnerships/partnerships.service.ts';
import { facilitatingDevices, type Seat, type Session } from '../people/people.service.ts';
import {
  findDocument,
  findDocumentsOfPartnership,
  findNamed,
  insertDocuments,
  insertNames,
  lockDocument,
} from './documents.repository.ts';

export interface Document {
  id: DocumentId;
  partnershipId: PartnershipId;
  kind: DocumentKind;
}

/** @throws LongtableError notFound */
export async function readDocument(db: Db, id: DocumentId): Promise<Document> {
  const row = await findDocument(db, id);
  if (!row) throw new LongtableError('notFound');
  return { id: row.id, partnershipId: row.partnership_id, kind: row.kind };
}

/** All documents of a table, in no order that says anything. */
export const documentsOf = async (db: Db, partnershipId: PartnershipId): Promise<Document[]> =>
  (await findDocumentsOfPartnership(db, partnershipId)).map(({ id, kind }) => ({ id, kind, partnershipId }));

/** As `readDocument`; whoever else holds it so waits until the transaction ends. @throws LongtableError notFound */
export async function holdDocument(trx: Db, id: DocumentId): Promise<Document> {
  await lockDocument(trx, id);
  return readDocument(trx, id);
}

/** Names of the documents of the one demo partnership that a server may have. */
export const DEMO_NAMES = {
  agreement: 'demo-agreement',
  definition: 'demo-definition',
  plan: 'demo-plan',
} as const satisfies Record<DocumentKind, string>;
export type DemoName = (typeof DEMO_NAMES)[DocumentKind];

export const nameDemoDocuments = (db: Db, ids: Readonly<Record<DocumentKind, DocumentId>>): Promise<void> =>
  insertNames(
    db,
    Object.entries(DEMO_NAMES).map(([kind, name]) => ({ name, document_id: ids[kind as DocumentKind] })),
  );

/** Null where there is no demo partnership. */
export const demoDocument = async (db: Db, name: DemoName): Promise<DocumentId | null> =>
  (await findNamed(db, name)) ?? null;

/**
 * Sets a table: the partnership, its circles without names, its documents, and a facilitator's seat for the starter.
 * A group's starter also sits down in a circle: any of them, because a first place would tell whose circle it is.
 */
export async function startPartnership(
  deps: Deps,
  session: Session,
  start: StartPartnership,
): Promise<StartedPartnership> {
  const keyId = await deps.keyring.createKey();
  const circleKeys = await Promise.all(Array.from({ length: start.circles }, () => deps.keyring.createKey()));
  return deps.db.transaction(async (trx) => {
    const partnershipId = await addPartnership(deps, trx, keyId, start);
    const circles = await addCircles(trx, partnershipId, circleKeys);
    const kinds = partnershipTemplateFor(start.template).documents.map((document) => document.kind);
    await insertDocuments(
      trx,
      kinds.map((kind) => ({ id: randomUUID() as DocumentId, partnership_id: partnershipId, kind })),
    );
    const { seatId } = await sitAsFacilitator(deps, trx, session, partnershipId, start.handle);
    const ownCircle = start.starter === 'group' ? circles[randomInt(circles.length)] : undefined;
    const circleSeatId = ownCircle ? await sitFirst(deps, trx, session, ownCircle, start.handle) : null;
    return { partnershipId, seatId, circleSeatId };
  });
}

/** The table as one seat sees it, documents in the order of its template. */
export async function readTable(deps: Pick<Deps, 'db' | 'keyring'>, seat: Seat): Promise<LaidTable> {
  const { id, title, template, locales } = await readPartnership(deps, seat.partnershipId);
  const rows = await findDocumentsOfPartnership(deps.db, id);
  const order = partnershipTemplateFor(template).documents.map((document) => document.kind);
  const documents = rows.map((row) => ({ id: row.id, kind: row.kind }));
  documents.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return {
    id,
    title,
    template,
    locales,
    circles: await circlesAt(deps, seat),
    documents,
    ...(canInviteFacilitator(seat, id)
      ? { hasSecondFacilitator: (await facilitatingDevices(deps.db, id)) > 1 }
      : {}),
  };
}
