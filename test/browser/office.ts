import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

/** A server with the demo network, and people who come to it in browsers of their own. */
export interface Office {
  server: RunningServer;
  enter(path?: string): Promise<Person>;
  enterAs(account: string, path?: string): Promise<Person>;
  /** Closes the browsers. @throws AssertionError where a page had a fault of its own */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export async function openOffice(): Promise<Office> {
  const server = await startServer();
  const browser: Browser = await launchBrowser();
  const people: Person[] = [];
  async function enter(path = '/'): Promise<Person> {
    const person = await openPerson(browser, server.url);
    people.push(person);
    await person.page.addInitScript(countStrokes);
    await person.page.goto(path);
    return person;
  }
  return {
    server,
    enter,
    async enterAs(account, path) {
      const person = await enter(path);
      await signInAs(person, account);
      return person;
    },
    async leave() {
      const leaving = people.splice(0);
      await Promise.all(leaving.map(({ context }) => context.close()));
      for (const { faults } of leaving)
        assert.deepEqual(
          faults.filter((fault) => !fault.includes('Failed to load resource')),
          [],
        );
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** What a person does on the sign-in page. */
export async function signInAs({ page }: Person, account: string): Promise<void> {
  await page.locator('.demo-account', { has: page.getByText(account, { exact: true }) }).click();
  await page.getByRole('button', { name: zh('signIn:submit'), exact: true }).click();
  await page.locator('.top-bar').waitFor();
}

/** Counts the notes that a page plays: what reaches the loudspeaker cannot be asked for. */
function countStrokes(): void {
  Reflect.set(window, '__strokes', 0);
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (when?: number) {
    Reflect.set(window, '__strokes', Number(Reflect.get(window, '__strokes')) + 1);
    start.call(this, when);
  };
}
