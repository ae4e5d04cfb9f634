import { expect, it } from '@jest/globals';
import { taskSourcesOf } from './tasks.ts';
import { DocumentKind } from './template.ts';
import { sectionOf } from './templates/templates.ts';

it('takes who does what by when from rows that everyone may read, and from columns that are there', () => {
  for (const kind of DocumentKind.options) {
    for (const { section, field, columns, what, by } of taskSourcesOf(kind)) {
      const known = sectionOf(kind, section).fields.find(({ key }) => key === field);
      if (known?.kind !== 'rows') throw new Error(`${kind} ${section} has no rows ${field}`);
      expect(known.audience).toBe('partnership');
      expect(known.columns.map(({ key }) => key)).toEqual(expect.arrayContaining([...columns]));
      expect(columns).toContain(what);
      if (by) expect(known.columns.find(({ key }) => key === by)?.kind).toBe('date');
    }
  }
});
