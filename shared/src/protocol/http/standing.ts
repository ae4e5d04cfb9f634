import { z } from 'zod';
import { DocumentId } from '../../ids.ts';
import { DocumentKind } from '../../documents/template.ts';
import { Heard, SectionKey } from './heard.ts';

/** Where one section stands, as everyone at the table may know it. */
export const SectionStanding = z.object({
  section: SectionKey,
  /** Every seated circle, in the order of the table; empty where the section has no star. */
  heard: z.array(Heard),
});
export type SectionStanding = z.infer<typeof SectionStanding>;

/** GET /api/partnerships/:partnershipId/standing: documents and sections in the order of their templates. */
export const Standing = z.object({
  documents: z.array(z.object({ id: DocumentId, kind: DocumentKind, sections: z.array(SectionStanding) })),
});
export type Standing = z.infer<typeof Standing>;
