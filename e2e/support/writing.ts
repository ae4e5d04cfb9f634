import { expect, type Locator, type Page } from '@playwright/test';

export type SavedState = 'device' | 'sending' | 'saved' | 'refused';

/** Whose screen it is: a Person. */
export interface Reader {
  readonly page: Page;
  t(id: string, values?: Record<string, string | number>): string;
}

/** One section's text on one person's screen. */
export class Writing {
  readonly person: Reader;
  readonly area: Locator;
  readonly editor: Locator;
  /** Where a phone has this text behind a tab: the tab. */
  readonly #tab: Locator | null;

  constructor(person: Reader, area: Locator, sectionTitle: string, tab: string | null = null) {
    this.person = person;
    this.area = area;
    this.#tab = tab === null ? null : area.getByRole('tab', { name: person.t(tab), exact: true });
    this.editor = area.getByRole('textbox', {
      name: person.t('editor.label', { section: sectionTitle }),
      exact: true,
    });
  }

  async ready(): Promise<this> {
    await expect(this.editor).toHaveAttribute('contenteditable', 'true');
    const isBehindTab =
      this.#tab !== null &&
      (await this.#tab.count()) > 0 &&
      (await this.#tab.getAttribute('aria-selected')) === 'false';
    if (isBehindTab) {
      await this.#tab.click();
      await expect(this.editor).toHaveAttribute('contenteditable', 'true');
    }
    return this;
  }

  /** As a person does: key after key, where the caret is. */
  async type(text: string, { delay = 10 }: { delay?: number } = {}): Promise<void> {
    await this.ready();
    if (!(await this.editor.evaluate((element) => element.contains(document.activeElement)))) {
      await this.editor.focus();
    }
    await this.person.page.keyboard.type(text, { delay });
  }

  async press(key: string): Promise<void> {
    await this.person.page.keyboard.press(key);
  }

  /** Puts the caret at the end of one block, counted from 0. */
  async caretToEndOf(block: number): Promise<void> {
    await this.ready();
    const place = this.blocks.nth(block);
    // In the last of its lines: the key goes to the end of a line, not of a block.
    const height = (await place.boundingBox())?.height ?? 0;
    await place.click({ position: { x: 8, y: Math.max(1, height - 4) } });
    await this.press('End');
  }

  get blocks(): Locator {
    return this.editor.locator('[data-block]');
  }

  tool(id: string): Locator {
    return this.area.getByRole('toolbar').getByRole('button', { name: this.person.t(id), exact: true });
  }

  async chooseKind(id: string): Promise<void> {
    await this.area
      .getByRole('combobox', { name: this.person.t('editor.kind') })
      .selectOption({ label: this.person.t(id) });
  }

  async kinds(): Promise<(string | null)[]> {
    return this.blocks.evaluateAll((blocks) => blocks.map((block) => block.getAttribute('data-block')));
  }

  /** What the section says on this screen, one line a block. */
  async text(): Promise<string> {
    return (await this.blocks.evaluateAll((blocks) => blocks.map((block) => block.textContent ?? ''))).join(
      '\n',
    );
  }

  saved(): Promise<string | null> {
    return this.area.locator('[data-saved]').getAttribute('data-saved');
  }

  async expectSaved(state: SavedState): Promise<void> {
    const badge = this.area.locator('[data-saved]');
    await expect(badge).toHaveAttribute('data-saved', state);
    await expect(badge).toHaveText(this.person.t(`saved.${state}`));
  }
}

/** Waits until everybody reads the same and everything is saved, and says what that is. */
export async function agreed(writings: readonly Writing[], timeout = 20_000): Promise<string> {
  let texts: string[] = [];
  await expect
    .poll(
      async () => {
        const states = await Promise.all(writings.map((writing) => writing.saved()));
        texts = await Promise.all(writings.map((writing) => writing.text()));
        return { states: [...new Set(states)], different: new Set(texts).size };
      },
      { timeout, message: 'everybody reads the same, and all of it is saved' },
    )
    .toEqual({ states: ['saved'], different: 1 });
  return texts[0] ?? '';
}
