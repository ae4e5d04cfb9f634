import type {
  DocumentKind,
  DocumentTemplate,
  PartnershipTemplate,
  Section,
  TemplateKey,
} from '../template.ts';
import { agreement } from './agreement.ts';
import { definition } from './definition.ts';
import { plan } from './plan.ts';
import { templateFor } from './templates.ts';

const everySection = (template: DocumentTemplate) => ({
  kind: template.kind,
  shownFirst: template.sections.map((section) => section.key),
});

/** In the order in which documents lie on the table. What is not shown first stays one touch away. */
const partnershipTemplates: Record<TemplateKey, PartnershipTemplate> = {
  full: {
    key: 'full',
    documents: [everySection(agreement), everySection(definition), everySection(plan)],
  },
  'one-evening': {
    key: 'one-evening',
    documents: [
      { kind: 'definition', shownFirst: ['our-words', 'what-happens', 'why', 'in-short'] },
      {
        kind: 'plan',
        shownFirst: ['what-will-be-different', 'what-we-will-do', 'could-this-hurt', 'how-we-will-know'],
      },
      { kind: 'agreement', shownFirst: [] },
    ],
  },
};

export function partnershipTemplateFor(key: TemplateKey): PartnershipTemplate {
  return partnershipTemplates[key];
}

export interface LaidSection {
  kind: DocumentKind;
  section: Section;
  /** Whether it lies on the table at first, and so is asked for; the others stay one touch away. */
  isFirst: boolean;
}

/** Every section of a partnership's documents, in the order of the table. */
export const laidSections = (key: TemplateKey): LaidSection[] =>
  partnershipTemplateFor(key).documents.flatMap(({ kind, shownFirst }) =>
    templateFor(kind).sections.map((section) => ({
      kind,
      section,
      isFirst: shownFirst.includes(section.key),
    })),
  );
