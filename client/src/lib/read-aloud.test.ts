import { describe, expect, it } from '@jest/globals';
import { localVoice, type Voice } from './read-aloud.ts';

const voice = (lang: string, localService = true): Voice => ({ lang, localService });

describe('a voice to read with', () => {
  it('is never one that sends the words to somebody’s server', () => {
    expect(localVoice([voice('en-GB', false)], 'en')).toBeNull();
    const here = voice('en-US');
    expect(localVoice([voice('en-GB', false), here], 'en')).toBe(here);
  });

  it('is not one that only leaves open where it speaks', () => {
    expect(localVoice([{ lang: 'en' } as Voice], 'en')).toBeNull();
  });

  it.each(['ar', 'ar-SA', 'ar_EG', 'AR-001'])('speaks the language of the page: %s', (lang) => {
    expect(localVoice([voice('en-GB'), voice(lang)], 'ar')?.lang).toBe(lang);
  });

  it.each(['arn', 'en-AR', ''])('is not one of a language that only looks alike: %s', (lang) => {
    expect(localVoice([voice(lang)], 'ar')).toBeNull();
  });
});
