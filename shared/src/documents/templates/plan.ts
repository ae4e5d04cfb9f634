import type { DocumentTemplate } from '../template.ts';
import { choice, choices, circleOnly, date, freeText, rows, text } from './fields.ts';
import {
  askStatus,
  keptOrDropped,
  level,
  likelihood,
  power,
  practiceAnswer,
  stage,
  suppression,
  wellbeingDomain,
  yesNo,
} from './options.ts';

/** Intervention or prevention plan (domain.md part 3 b). */
export const plan: DocumentTemplate = {
  kind: 'plan',
  sections: [
    {
      key: 'what-will-be-different',
      number: 1,
      isStarred: true,
      heard: ['LE', 'AR', 'FA'],
      fields: [
        rows('outcomes', [
          text('outcome'),
          choices('wellbeing-domain', wellbeingDomain),
          choice('level', level),
          choice('stage', stage),
        ]),
      ],
    },
    {
      key: 'how-it-gets-there',
      number: 2,
      isStarred: false,
      heard: 'all',
      fields: [
        rows('theory-links', [text('step'), text('leads-to'), text('why')]),
        rows('assumptions', [text('assumption'), text('if-wrong')]),
      ],
    },
    {
      key: 'what-we-will-do',
      number: 3,
      isStarred: true,
      heard: ['LE', 'AR', 'WO', 'NG'],
      fields: [
        rows('activities', [
          text('activity'),
          text('lead-circle'),
          text('partner'),
          date('start'),
          date('end'),
        ]),
      ],
    },
    {
      key: 'what-else',
      number: 4,
      isStarred: true,
      heard: 'all',
      fields: [rows('options', [text('option'), choice('outcome', keptOrDropped), text('why')])],
    },
    {
      key: 'could-this-hurt',
      number: 5,
      isStarred: true,
      heard: ['LE', 'AR', 'WO'],
      fields: [
        rows('harms', [
          text('harm'),
          text('who'),
          choice('likelihood', likelihood),
          text('fix'),
          text('stop-rule'),
        ]),
      ],
    },
    {
      key: 'keeping-safety-practices',
      number: 6,
      isStarred: true,
      heard: ['LE', 'WO'],
      fields: [
        // Has no column for the circle or the practice: others may see the answer and nothing behind it.
        rows('answers', [text('activity'), choice('answer', practiceAnswer)]),
        circleOnly(rows('reasons', [text('activity'), text('practice'), text('what-would-help')])),
      ],
    },
    {
      key: 'choice',
      number: 7,
      isStarred: true,
      heard: ['LE', 'AR'],
      fields: [
        rows('conditions', [
          text('help-offered'),
          choice('without-police', yesNo),
          choice('without-papers', yesNo),
          choice('without-leaving-work', yesNo),
          text('other-conditions'),
        ]),
      ],
    },
    {
      key: 'who-pays',
      number: 8,
      isStarred: false,
      heard: ['NG', 'FU', 'DB'],
      fields: [
        rows('money', [
          text('activity'),
          text('money-source'),
          text('duty-bearer'),
          text('conditions'),
          text('plan-to-shift'),
        ]),
      ],
    },
    {
      key: 'who-decides',
      number: 9,
      isStarred: true,
      heard: ['LE', 'AR', 'NG'],
      fields: [
        rows('decision-rights', [choice('right', power), text('holder')]),
        rows('pay', [text('work'), text('how-paid'), text('why-unpaid')]),
        freeText('budget-share'),
      ],
    },
    {
      key: 'changing-systems',
      number: 10,
      isStarred: false,
      heard: 'all',
      fields: [
        rows('asks', [text('rule'), text('harm'), text('ask'), text('ally'), choice('status', askStatus)]),
      ],
    },
    {
      key: 'how-we-will-know',
      number: 11,
      isStarred: true,
      heard: ['LE', 'AR'],
      fields: [
        rows('indicators', [
          text('indicator'),
          text('baseline'),
          text('target'),
          text('verification'),
          text('collector'),
          text('risk'),
          choice('suppression', suppression),
        ]),
      ],
    },
    {
      key: 'when-we-stop',
      number: 12,
      isStarred: true,
      heard: 'all',
      fields: [
        rows('stop-rules', [text('sign'), text('response')]),
        rows('reviews', [date('review-date'), text('looks-at')]),
      ],
    },
  ],
};
