import { LongtableError } from '../../errors.ts';
import type { DocumentKind, DocumentTemplate, Section } from '../template.ts';
import { agreement } from './agreement.ts';
import { definition } from './definition.ts';
import { plan } from './plan.ts';

const templates: Record<DocumentKind, DocumentTemplate> = { agreement, definition, plan };

export function templateFor(kind: DocumentKind): DocumentTemplate {
  return templates[kind];
}

/** Throws `notFound`: section keys arrive in addresses and requests. */
export function sectionOf(kind: DocumentKind, key: string): Section {
  const section = templates[kind].sections.find((candidate) => candidate.key === key);
  if (section === undefined) throw new LongtableError('notFound');
  return section;
}
