import type { Person } from './person.ts';

/** As a clipboard gives it, without needing the system's. */
export async function paste({ page }: Person, text: string): Promise<void> {
  await page.evaluate(async (pasted) => {
    // The editor hears where the caret went with the next frame; nobody pastes within the same one.
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
  }, text);
}
