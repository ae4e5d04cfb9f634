import type { DocumentTemplate } from '../template.ts';
import { choice, circleOnly, date, freeText, rows, text } from './fields.ts';
import { confidence, disagreementStatus, helpEffect, level, sourceKind, yesNo } from './options.ts';

/** Problem definition (domain.md part 3 a). */
export const definition: DocumentTemplate = {
  kind: 'definition',
  sections: [
    {
      key: 'our-words',
      number: 1,
      isStarred: true,
      heard: ['LE', 'AR', 'WO'],
      fields: [rows('terms', [text('term'), text('why')]), rows('avoid-terms', [text('term'), text('why')])],
    },
    {
      key: 'what-happens',
      number: 2,
      isStarred: true,
      heard: ['LE', 'AR', 'FA'],
      fields: [freeText('description'), rows('forms', [text('form'), text('setting')])],
    },
    {
      key: 'here-among-us',
      number: 3,
      isStarred: true,
      heard: ['AR', 'FA', 'NG'],
      fields: [rows('local-links', [text('link'), text('effect')]), freeText('own-part')],
    },
    {
      key: 'who-is-at-risk',
      number: 4,
      isStarred: false,
      heard: ['LE', 'AR', 'WO'],
      fields: [rows('risks', [text('group'), text('condition'), choice('level', level)])],
    },
    {
      key: 'why',
      number: 5,
      isStarred: true,
      heard: 'all',
      fields: [
        rows('causes', [
          text('cause'),
          text('leads-to'),
          choice('level', level),
          choice('is-loop', yesNo),
          text('who-can-change'),
        ]),
      ],
    },
    {
      key: 'keeps-people-safe',
      number: 6,
      isStarred: true,
      heard: ['LE', 'AR', 'WO'],
      fields: [
        rows('protective-factors', [text('factor'), choice('level', level)]),
        // Published practices can be used against the people who rely on them.
        circleOnly(
          rows('safety-practices', [
            text('practice'),
            text('protects'),
            text('threats'),
            text('who-may-know'),
          ]),
        ),
      ],
    },
    {
      key: 'what-help-has-done',
      number: 7,
      isStarred: true,
      heard: ['LE', 'NG', 'FR'],
      fields: [
        rows('help', [text('help-kind'), choice('effect', helpEffect), text('what-it-did')]),
        rows('lessons', [text('went-wrong'), text('changed')]),
      ],
    },
    {
      key: 'who-must-act',
      number: 8,
      isStarred: false,
      heard: 'all',
      fields: [rows('duties', [text('duty-bearer'), text('duty'), text('block')])],
    },
    {
      key: 'what-we-know',
      number: 9,
      isStarred: false,
      heard: 'all',
      fields: [
        rows('claims', [
          text('claim'),
          choice('source-kind', sourceKind),
          choice('confidence', confidence),
          date('known-on'),
        ]),
      ],
    },
    {
      key: 'where-we-differ',
      number: 10,
      isStarred: false,
      heard: 'all',
      fields: [
        rows('differences', [
          text('question'),
          text('shared-ground'),
          text('positions'),
          text('meanwhile'),
          choice('status', disagreementStatus),
          date('review-date'),
        ]),
      ],
    },
    {
      key: 'who-is-missing',
      number: 11,
      isStarred: false,
      heard: 'all',
      fields: [rows('missing', [text('group'), text('barrier'), text('step')])],
    },
    {
      key: 'in-short',
      number: 12,
      isStarred: true,
      heard: ['LE', 'AR'],
      fields: [freeText('summary')],
    },
  ],
};
