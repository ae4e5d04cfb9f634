import { describe, expect, it } from '@jest/globals';
import { ErrorCode } from '@longtable/shared/errors';
import { loadMessages } from '@longtable/shared/locales/messages';
import { CircleKind } from '@longtable/shared/protocol/http/circles';
import { ExportFormat, ExportPart } from '@longtable/shared/protocol/http/documents';
import { HeardMark } from '@longtable/shared/protocol/http/heard';
import { DutyLabel, PartnerState } from '@longtable/shared/protocol/http/partners';
import { Starter } from '@longtable/shared/protocol/http/partnerships';
import { Locale, Picture } from '@longtable/shared/protocol/http/people';
import { PaperSize } from '@longtable/shared/protocol/http/table-cards';
import {
  CircleRule,
  Dissent,
  Phase,
  Position,
  RoundSectionView,
} from '@longtable/shared/protocol/http/rounds';
import { SectionStanding } from '@longtable/shared/protocol/http/standing';
import { Said } from '@longtable/shared/protocol/http/words';
import { NOTE_KINDS } from '@longtable/shared/rounds/notes';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path),
);

/** Ids that are written out in full, as `t('id')` or as one of two in a choice. */
const written = sources.flatMap((path) => {
  const text = readFileSync(join(folder, path), 'utf8');
  return [...text.matchAll(/\bt\(\s*(?:[^'"`()]+\?\s*)?'([^']+)'(?:\s*:\s*'([^']+)')?/g)].flatMap(
    ([, first, second]) => [first, second].filter((id) => id !== undefined),
  );
});

const composed = [
  ...ErrorCode.options.map((code) => `error.${code}`),
  'error.offline',
  ...Picture.options.map((picture) => `picture.${picture}`),
  ...HeardMark.options.map((mark) => `heard.${mark}`),
  ...Locale.options.map((locale) => `language.${locale}`),
  ...CircleKind.options.map((kind) => `group.${kind}`),
  ...ExportFormat.options.flatMap((format) => [`export.${format}`, `export.${format}.about`]),
  ...DutyLabel.options.map((label) => `label.${label}`),
  ...PartnerState.options.flatMap((state) => [`partners.state.${state}`, `partners.stateAbout.${state}`]),
  ...['yes', 'notYet', 'nothing'].map((said) => `partners.said.${said}`),
  ...['police', 'immigration', 'funders'].map((body) => `invited.ties.${body}`),
  ...Starter.options.flatMap((starter) => [`start.who.${starter}`, `start.who.${starter}.about`]),
  ...PaperSize.options.map((paper) => `tableCards.paper.${paper}`),
  ...ExportPart.options.flatMap((part) => [`export.part.${part}`, `export.part.${part}.about`]),
  ...['standing', 'agreed', 'tasks', 'circles', 'dissent', 'never'].map((id) => `export.inside.${id}`),
  ...['device', 'sending', 'saved', 'refused'].map((state) => `saved.${state}`),
  'audience.self',
  ...['partnership', 'circle'].map((audience) => `box.wentTo.${audience}`),
  ...Said.options.map((said) => `words.said.${said}`),
  ...['Readers', 'Joint', 'Back', 'Inside'].map((what) => `words.ask${what}`),
  ...['member', 'facilitator'].map((role) => `words.closed.${role}`),
  ...['partnership', 'circle'].flatMap((audience) => [
    `audience.${audience}`,
    `editor.placeholder.${audience}`,
  ]),
  ...['paragraph', 'heading1', 'heading2', 'heading3', 'quote', 'bullet', 'number'].map(
    (kind) => `editor.kind.${kind}`,
  ),
  ...NOTE_KINDS.flatMap((kind) => [`notes.kind.${kind}`, `notes.box.${kind}`]),
  ...['answered', 'taken', 'notNow'].map((as) => `notes.mark.${as}`),
  ...['facilitator', 'member', 'waiting'].map((role) => `seat.${role}`),
  ...['nothing', 'reopened', ...SectionStanding.shape.standing.options].map(
    (standing) => `standing.${standing}`,
  ),
  ...RoundSectionView.shape.status.options.map((status) => `round.${status}`),
  ...Phase.options.flatMap((phase) => [`round.${phase}`, `round.${phase}About`]),
  ...Position.options.flatMap((position) => [`answer.${position}`, `answer.${position}About`]),
  ...['concern', 'objection'].map((position) => `answer.reason.${position}`),
  ...Dissent.options.map((dissent) => `answer.${dissent}`),
  ...CircleRule.options.flatMap((rule) => [`rule.${rule}`, `rule.${rule}About`]),
];

describe.each(Locale.options)('the client in %s', (locale) => {
  it('finds every text that it asks for', async () => {
    const messages = await loadMessages(locale);
    expect(written.length).toBeGreaterThan(100);
    expect([...new Set([...written, ...composed])].filter((id) => messages[id] === undefined)).toEqual([]);
  });
});
