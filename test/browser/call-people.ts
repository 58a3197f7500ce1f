import type { Browser } from 'playwright-core';
import { carrySession, launchBrowser, openPerson, type Person, type PersonOptions } from '../support/browser.ts';
import { meetCase } from '../support/case-journey.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

/** A server and people on their way into the room of a case, each in whatever browser a test launches. */
export interface CallPeople {
  server: RunningServer;
  /** Cases whose calls end after the test. */
  called: string[];
  /** A browser that is closed after the test. */
  launch(...flags: string[]): Promise<Browser>;
  /** Opens the room's page of a case, signed in. */
  arrive(browser: Browser, account: string, id: string, options?: PersonOptions): Promise<Person>;
  /** The ID of a case whose call has begun. */
  meet(): Promise<string>;
  enter(person: Person): Promise<void>;
}

export function useCallPeople(): CallPeople {
  const browsers: Browser[] = [];
  const called: string[] = [];

  async function launch(...flags: string[]): Promise<Browser> {
    const browser = await launchBrowser(flags);
    browsers.push(browser);
    return browser;
  }
  async function arrive(browser: Browser, account: string, id: string, options: PersonOptions = {}): Promise<Person> {
    const { cookie } = await people.server.signIn(account);
    const person = await openPerson(browser, people.server.url, options);
    await carrySession(person.context, cookie, people.server.url);
    if (options.language === 'en')
      await person.context.addInitScript(() => localStorage.setItem('huizhen.language', 'en'));
    await person.page.goto(`/consultations/${id}/room`);
    return person;
  }
  const meet = async () => {
    const [requester, specialist] = await Promise.all([
      people.server.signIn('county-doctor'),
      people.server.signIn('specialist'),
    ]);
    const { consultationId } = await meetCase(requester, specialist);
    called.push(consultationId);
    return consultationId;
  };
  const enter = async ({ page }: Person) => {
    await page.getByTestId('room-enter').click();
    await page.getByTestId('room').waitFor();
  };
  const people = { called, launch, arrive, meet, enter } as CallPeople;

  before(async () => {
    people.server = await startServer();
  });
  after(() => people.server?.close());
  afterEach(async () => {
    await Promise.all(browsers.splice(0).map((browser) => browser.close()));
    // A call that goes on would ring in the next test.
    const specialist = await people.server.signIn('specialist');
    for (const consultationId of called.splice(0)) await specialist.ask('call:end', { params: { consultationId } });
  });
  return people;
}
