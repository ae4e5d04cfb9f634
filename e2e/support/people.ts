import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { Person } from './person.ts';

export const PHONE = {
  viewport: { width: 360, height: 640 },
  isMobile: true,
  hasTouch: true,
} satisfies BrowserContextOptions;

export const WIDE = { viewport: { width: 1280, height: 800 } } satisfies BrowserContextOptions;

export interface PersonOptions extends BrowserContextOptions {
  language?: Locale;
}

/** What a browser prints by itself while a network or a server is away. */
const NETWORK_NOISE = [
  /^Failed to load resource: net::ERR_(INTERNET_DISCONNECTED|CONNECTION_\w+|NETWORK_CHANGED|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED_ENCODING|CONTENT_LENGTH_MISMATCH)/,
  /^WebSocket connection to 'ws:\/\/[\w.]+:\d+\/socket\.io\/[^']*' failed/,
];

/**
 * The browsers of one test, each watched for what must never happen: an error on a page, an error in the
 * console (a violated content security policy is one), a request to anywhere else.
 */
export class People {
  readonly #browser: Browser;
  readonly #contexts: BrowserContext[] = [];
  readonly #problems: string[] = [];
  readonly #forgiven: RegExp[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** A browser of its own, with nothing stored. `origin` is the only place that it may talk to. */
  async come(origin: string, { language = 'en', ...options }: PersonOptions = {}): Promise<Person> {
    const context = await this.#browser.newContext({
      locale: language === 'ar' ? 'ar' : 'en-GB',
      baseURL: origin,
      serviceWorkers: 'block',
      ...WIDE,
      ...options,
    });
    this.#contexts.push(context);
    const person = new Person(context, await context.newPage(), { origin, language });
    this.#watch(person);
    return person;
  }

  /** This test takes the network or the server away; the browser's own complaints about that are no faults. */
  expectOutages(): void {
    this.#forgiven.push(...NETWORK_NOISE);
  }

  /** The browser prints every answer of 400 or more as an error, also one that the test is about. */
  expectAnswers(...statuses: number[]): void {
    for (const status of statuses) {
      this.#forgiven.push(
        new RegExp(`^Failed to load resource: the server responded with a status of ${status} `),
      );
    }
  }

  /** Closes all browsers. @throws Error that lists everything that should not have happened */
  async leave(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
    const problems = this.#problems.filter((problem) => !this.#forgiven.some((known) => known.test(problem)));
    if (problems.length > 0) throw new Error(`What no browser should have seen:\n${problems.join('\n')}`);
  }

  #watch(person: Person): void {
    const { context, origin } = person;
    const { host } = new URL(origin);
    const watchPage = (page: Page) => {
      page.on('pageerror', (error) => this.#problems.push(`Page error: ${error.stack ?? error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') this.#problems.push(message.text());
      });
      page.on('websocket', (socket) => {
        if (new URL(socket.url()).host !== host) this.#problems.push(`WebSocket to ${socket.url()}`);
        socket.on('framesent', ({ payload }) => person.frames.push(String(payload)));
        socket.on('framereceived', ({ payload }) => person.frames.push(String(payload)));
      });
    };
    watchPage(person.page);
    context.on('page', watchPage);
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol === 'data:' || url.origin === origin) return;
      if (url.protocol === 'blob:' && url.href.startsWith(`blob:${origin}/`)) return;
      if (url.origin === person.mayExitTo) return;
      this.#problems.push(`Request to ${url.href}`);
    });
  }
}
