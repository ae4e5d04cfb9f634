import type { Page } from '@playwright/test';

export interface Hands {
  taps: number;
  /** Keys that bring a character. */
  typed: number;
}

/** Counts what a person's hands do on a page, over loads and reloads, as the page itself is told of it. */
export async function watchHands(page: Page): Promise<Hands> {
  const hands: Hands = { taps: 0, typed: 0 };
  await page.exposeBinding('noteHand', (_source, kind: keyof Hands) => void (hands[kind] += 1));
  await page.addInitScript(() => {
    const note = (kind: string) => (window as unknown as { noteHand(kind: string): void }).noteHand(kind);
    window.addEventListener('pointerdown', () => note('taps'), true);
    window.addEventListener('keydown', (event) => event.key.length === 1 && note('typed'), true);
  });
  return hands;
}
