import type { DocumentTemplate } from '../template.ts';
import { choice, date, freeText, rows, text } from './fields.ts';
import {
  attribution,
  conditionResponse,
  conditionType,
  consentScope,
  contactKind,
  enforcementBody,
  fromHere,
  partnerType,
  power,
  publicity,
  signed,
  wordsAfterLeaving,
  yesNo,
} from './options.ts';

/** Partnership agreement (domain.md part 3 c). */
export const agreement: DocumentTemplate = {
  kind: 'agreement',
  sections: [
    {
      key: 'who-we-are',
      number: 1,
      isStarred: false,
      heard: 'all',
      fields: [
        rows('partners', [
          text('partner'),
          choice('type', partnerType),
          choice('from-here', fromHere),
          text('how-long'),
          text('answers-to'),
        ]),
      ],
    },
    {
      key: 'why-and-why-not',
      number: 2,
      isStarred: true,
      heard: 'all',
      fields: [rows('aims', [text('aim')]), rows('worries', [text('worry'), text('what-would-help')])],
    },
    {
      key: 'how-we-decide',
      number: 3,
      isStarred: true,
      heard: ['LE', 'AR'],
      fields: [
        freeText('method'),
        rows('quorum', [text('circle'), text('needed')]),
        freeText('safety-objection'),
        freeText('tie-break'),
      ],
    },
    {
      key: 'power-map',
      number: 4,
      isStarred: true,
      heard: 'all',
      fields: [rows('powers', [choice('right', power), text('now'), text('agreed')])],
    },
    {
      key: 'pay-and-costs',
      number: 5,
      isStarred: true,
      heard: ['LE', 'AR', 'WO'],
      fields: [
        rows('pay', [
          text('work'),
          text('rate'),
          text('method'),
          text('travel'),
          text('care'),
          text('benefits-effect'),
        ]),
      ],
    },
    {
      key: 'saying-no',
      number: 6,
      isStarred: true,
      heard: ['LE', 'AR'],
      fields: [
        rows('promises', [
          text('organisation'),
          text('promise'),
          choice('signed', signed),
          date('signed-on'),
        ]),
      ],
    },
    {
      key: 'your-words',
      number: 7,
      isStarred: true,
      heard: ['LE', 'AR'],
      fields: [
        rows('consent-defaults', [
          text('words-kind'),
          choice('scope', consentScope),
          choice('attribution', attribution),
          choice('publicity', publicity),
          date('expiry'),
        ]),
        freeText('taking-back'),
        freeText('export-rules'),
      ],
    },
    {
      key: 'police-immigration-courts',
      number: 8,
      isStarred: true,
      heard: ['LE', 'AR', 'WO'],
      fields: [
        rows('position', [
          choice('body', enforcementBody),
          choice('contact', contactKind),
          text('who-may-start'),
          text('never-shared'),
          date('review-date'),
        ]),
        freeText('stings'),
        freeText('police-harm'),
        freeText('work-with-instead'),
        rows('mandatory-reporters', [text('role'), text('must-report'), text('reports-to')]),
      ],
    },
    {
      key: 'funder-conditions',
      number: 9,
      isStarred: false,
      heard: ['NG', 'FU'],
      fields: [
        rows('conditions', [
          text('funder'),
          text('clause'),
          choice('type', conditionType),
          text('harms'),
          choice('response', conditionResponse),
          text('owner'),
          date('due'),
        ]),
      ],
    },
    {
      key: 'when-things-go-wrong',
      number: 10,
      isStarred: true,
      heard: 'all',
      fields: [
        rows('complaint-path', [
          text('contact'),
          choice('is-outside', yesNo),
          text('how-to-reach'),
          text('response-time'),
        ]),
      ],
    },
    {
      key: 'looking-after-each-other',
      number: 11,
      isStarred: true,
      heard: ['LE', 'FC'],
      fields: [
        freeText('care-plan'),
        rows('support', [
          text('supporter'),
          text('helps-with'),
          text('how-to-reach'),
          choice('is-outside', yesNo),
        ]),
      ],
    },
    {
      key: 'mistakes-and-review',
      number: 12,
      isStarred: false,
      heard: ['NG'],
      fields: [
        rows('learning-log', [
          text('went-wrong'),
          text('harm-kind'),
          text('changed'),
          text('how-we-will-know'),
          date('next-look'),
        ]),
        rows('reviews', [date('review-date'), text('looks-at')]),
      ],
    },
    {
      key: 'leaving-and-ending',
      number: 13,
      isStarred: true,
      heard: ['LE', 'AR'],
      fields: [
        freeText('exit'),
        rows('words-after', [text('words-kind'), choice('fate', wordsAfterLeaving), text('when')]),
      ],
    },
  ],
};
