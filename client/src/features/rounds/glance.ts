import { laidSections } from '@longtable/shared/documents/templates/partnership-templates';
import type { TemplateKey } from '@longtable/shared/documents/template';
import type { DocumentId } from '@longtable/shared/ids';
import type { SectionStanding, Standing } from '@longtable/shared/protocol/http/standing';

/** How many sections stand where, by what circles have said: never by people. */
export type Glance = Record<SectionStanding['standing'], number> & { total: number };

/**
 * Of one document, or of the whole table: sections that lie on the table at first, and any other one that circles
 * have been asked about since.
 */
export function glanceAt(standing: Standing, template: TemplateKey, only?: DocumentId): Glance {
  const glance: Glance = { open: 0, inRound: 0, waiting: 0, agreed: 0, changed: 0, total: 0 };
  const laid = laidSections(template);
  for (const { id, kind, sections } of standing.documents) {
    if (only !== undefined && id !== only) continue;
    for (const { section, standing: where } of sections) {
      const isFirst = laid.some((each) => each.kind === kind && each.section.key === section && each.isFirst);
      if (!isFirst && where === 'open') continue;
      glance[where] += 1;
      glance.total += 1;
    }
  }
  return glance;
}
