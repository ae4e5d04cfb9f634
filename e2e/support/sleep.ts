import type { Person } from './person.ts';

const HOUR_MS = 3_600_000;

/**
 * Puts this person's page to sleep for an hour, as a phone does: nothing of it runs, and its clock is an hour on
 * when it wakes, by what is returned. Browsers that Playwright drives freeze no page, so its debugger holds it.
 */
export async function putToSleep({ context, page }: Person): Promise<() => Promise<void>> {
  // Such a page also counts as looked at all the time, so it is told otherwise.
  const look = (isLookedAt: boolean) =>
    page.evaluate((isHidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, !isLookedAt);
  await look(false);
  await page.evaluate((hourMs) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + hourMs;
  }, HOUR_MS);

  const devtools = await context.newCDPSession(page);
  await devtools.send('Debugger.enable');
  const isHeld = new Promise<void>((resolve) => devtools.once('Debugger.paused', () => resolve()));
  await devtools.send('Debugger.pause');
  const heldThere = devtools.send('Runtime.evaluate', { expression: '0' });
  await isHeld;
  return async () => {
    await devtools.send('Debugger.resume');
    await heldThere;
    await devtools.detach();
    await look(true);
  };
}
