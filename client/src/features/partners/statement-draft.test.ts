import { expect, it } from '@jest/globals';
import { Drafts } from '../../lib/drafts.ts';
import { UNSENT } from '../../lib/page-events.ts';
import { hasStatementWords, noStatement, type StatementDraft } from './statement-draft.ts';

it('any answer in words is one that must not be lost with the page', () => {
  const page = new EventTarget();
  const drafts = new Drafts<StatementDraft>({ hasWords: hasStatementWords }, page);
  const place = { seat: null, about: 'partner' };
  const asks = () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  const isUnsent = () => !page.dispatchEvent(new Event(UNSENT, { cancelable: true }));
  const { ties } = noStatement;
  for (const blank of [
    noStatement,
    { ...noStatement, from: ' ', is: ['funder'] as const },
    { ...noStatement, ties: { ...ties, police: { has: false, words: '' } } },
  ]) {
    drafts.keep(place, blank);
    expect([asks(), isUnsent()]).toEqual([false, false]);
  }
  for (const words of [
    { ...noStatement, from: 'From the hill.' },
    { ...noStatement, answersTo: 'Our members.' },
    { ...noStatement, ties: { ...ties, funders: { has: true, words: 'One.' } } },
  ]) {
    drafts.keep(place, words);
    expect([asks(), isUnsent()]).toEqual([true, true]);
  }
  drafts.drop(place);
  expect(asks()).toBe(false);
});
