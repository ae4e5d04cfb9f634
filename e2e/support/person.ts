import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import type { DocumentKind } from '@longtable/shared/documents/template';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import { sectionTitleId } from '@longtable/shared/documents/texts';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { Writing } from './writing.ts';
import { textIn } from './texts.ts';

export interface Invitation {
  code: string;
  url: string;
}

/** Somebody at a browser: does what people do, by what they read on screen. */
export class Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly origin: string;
  readonly language: Locale;
  /** Everything that went over this person's sockets, in both directions. */
  readonly frames: string[] = [];
  /** The one foreign origin that may be asked, from the moment this person leaves quickly. */
  mayExitTo: string | null = null;

  constructor(
    context: BrowserContext,
    page: Page,
    { origin, language }: { origin: string; language: Locale },
  ) {
    this.context = context;
    this.page = page;
    this.origin = origin;
    this.language = language;
  }

  t(id: string, values?: Record<string, string | number>): string {
    return textIn(this.language, id, values);
  }

  button(id: string, values?: Record<string, string | number>): Locator {
    return this.page.getByRole('button', { name: this.t(id, values), exact: true });
  }

  link(id: string, values?: Record<string, string | number>): Locator {
    return this.page.getByRole('link', { name: this.t(id, values), exact: true });
  }

  heading(id: string, values?: Record<string, string | number>): Locator {
    return this.page.getByRole('heading', { name: this.t(id, values), exact: true });
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
  }

  async pickPicture(picture: string, within: Locator | Page = this.page): Promise<void> {
    // The radio button itself is off screen; people touch the picture.
    await within.getByText(this.t(`picture.${picture}`), { exact: true }).click();
    // A chosen picture also has a tick in its name.
    await expect(
      within.getByRole('radio', { name: new RegExp(`^${this.t(`picture.${picture}`)}`) }),
    ).toBeChecked();
  }

  /** From the first page to the table, as a facilitator. */
  async startPartnership({ title, picture, circles }: { title: string; picture: string; circles: number }) {
    await this.open('/');
    await this.link('first.start').click();
    await this.button('join.next').click();
    await this.page.getByLabel(this.t('start.title')).fill(title);
    await this.page.getByText(this.t('template.one-evening.name')).click();
    await this.page.getByLabel(this.t('start.circles')).fill(String(circles));
    await this.pickPicture(picture);
    await this.button('start.submit').click();
    await expect(this.heading('set.title')).toBeVisible();
    await this.link('set.toTable').click();
    await expect(this.page.getByRole('heading', { name: title })).toBeVisible();
  }

  async takeFirstSeat(circleNumber: number, picture: string): Promise<void> {
    const circle = this.page
      .getByRole('listitem')
      .filter({ has: this.heading('circle.numbered', { number: circleNumber }) });
    await circle.getByRole('button', { name: this.t('circle.takeFirstSeat') }).click();
    const dialog = this.page.getByRole('dialog');
    await this.pickPicture(picture, dialog);
    await dialog.getByRole('button', { name: this.t('firstSeat.take') }).click();
    await expect(
      this.page.getByRole('heading', {
        name: this.t('circle.mine', { name: this.t('circle.numbered', { number: circleNumber }) }),
      }),
    ).toBeVisible();
  }

  /** Makes a code for this person's circle, on the table's page. */
  async makeCode(): Promise<Invitation> {
    await this.page.getByText(this.t('invite.title'), { exact: true }).click();
    await this.button('invite.make').click();
    const code = await this.page.locator('.code-text').innerText();
    return { code, url: `${this.origin}/join#${code.replace('-', '')}` };
  }

  /** From the plain page to the door. */
  async knock(picture: string): Promise<void> {
    await expect(this.heading('before.title')).toBeVisible();
    await this.button('join.next').click();
    await this.pickPicture(picture);
    await this.button('join.knock').click();
    await expect(this.heading('door.title')).toBeVisible();
  }

  async joinByLink(url: string, picture: string): Promise<void> {
    await this.page.goto(url);
    await this.knock(picture);
  }

  async joinByCode(code: string, picture: string): Promise<void> {
    await this.open('/');
    await this.link('first.join').click();
    await this.page.getByLabel(this.t('join.code'), { exact: true }).fill(code);
    await this.button('join.next').click();
    await this.knock(picture);
  }

  /** Lets in everybody who stands at the door, one after the other. */
  async letIn(count: number): Promise<void> {
    for (let waiting = count; waiting > 0; waiting--) {
      await expect(this.button('door.letIn')).toHaveCount(waiting);
      await this.button('door.letIn').first().click();
      await expect(this.button('door.letIn')).toHaveCount(waiting - 1);
    }
  }

  /** From the table into a section, the way that a hand goes. */
  async openSectionFromTable(kind: DocumentKind, number: number): Promise<Writing> {
    await this.page
      .getByRole('link', { name: this.sectionTitle(kind, number), exact: true })
      .first()
      .click();
    return this.writing(kind, number);
  }

  /** The way to the section before or after, at the foot of the page. */
  pager(id: 'section.back' | 'section.next'): Locator {
    return this.page
      .getByRole('navigation', { name: this.t('section.pager') })
      .getByRole('link', { name: new RegExp(`^${this.t(id)}`) });
  }

  sectionTitle(kind: DocumentKind, number: number): string {
    const section = templateFor(kind).sections.find((each) => each.number === number);
    if (!section) throw new Error(`there is no section ${number}`);
    return this.t(sectionTitleId(kind, section.key));
  }

  /** The joint text of the section on screen. */
  writing(kind: DocumentKind, number: number): Writing {
    return new Writing(
      this,
      this.page.getByRole('article'),
      this.sectionTitle(kind, number),
      'writing.together',
    );
  }

  /** The own circle's text of the section on screen, on a phone. */
  ownWriting(kind: DocumentKind, number: number): Writing {
    return new Writing(
      this,
      this.page.getByRole('article'),
      this.sectionTitle(kind, number),
      'writing.ownCircle',
    );
  }

  /** The own circle's text beside it, on a wide screen. */
  circleWriting(kind: DocumentKind, number: number): Writing {
    const side = this.page.getByRole('complementary', { name: this.t('writing.side') });
    return new Writing(this, side, this.sectionTitle(kind, number));
  }
}
