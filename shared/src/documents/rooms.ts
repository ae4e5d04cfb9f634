import type { Field, Section } from './template.ts';

/** Who a room is for. The key of a room is (document, section, audience). */
export type Audience = { kind: 'partnership' } | { kind: 'circle'; circleId: string };

/** The fields of a section that live in a room of this audience. Circle fields never enter the joint room. */
export function fieldsFor(section: Section, audience: Audience['kind']): readonly Field[] {
  return section.fields.filter((field) => field.audience === audience);
}
