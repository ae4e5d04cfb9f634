import { describe, expect, it } from '@jest/globals';
import { readFileName } from './documents-api.ts';
import { readHref } from './editor/link.ts';

describe('the name of an exported file', () => {
  it.each([
    ['attachment; filename="plan.pdf"', 'plan.pdf'],
    ['attachment; filename=plan.pdf', 'plan.pdf'],
    [`attachment; filename="plan.pdf"; filename*=UTF-8''%D8%AE%D8%B7%D8%A9.pdf`, 'خطة.pdf'],
    [`attachment; filename="plan.pdf"; filename*=UTF-8''%E0%A4%A`, 'plan.pdf'],
    ['attachment', null],
    [null, null],
  ])('is read from %s', (header, name) => {
    expect(readFileName(header)).toBe(name);
  });
});

describe('what may stand behind a link', () => {
  it.each([
    ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
    [' HTTP://example.org ', 'HTTP://example.org'],
    ['example.org/page', 'https://example.org/page'],
    ['someone@example.org', 'mailto:someone@example.org'],
    ['mailto:someone@example.org', 'mailto:someone@example.org'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['file:///etc/passwd', null],
    ['two words.org', null],
    ['word', null],
    ['', null],
  ])('%s', (typed, href) => {
    expect(readHref(typed)).toBe(href);
  });
});
