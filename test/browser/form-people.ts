import type { Browser, BrowserContext, Page } from 'playwright-core';
import { carrySession, openPerson, type Person, type PersonOptions } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import type { RunningServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

/** A person's browser that is signed in already, and their HTTP client. */
export async function openAs(
  server: RunningServer,
  browser: Browser,
  account: string,
  options: PersonOptions = {},
): Promise<Person & { client: Client }> {
  const client = await server.signIn(account);
  const person = await openPerson(browser, server.url, options);
  await signContextIn(person.context, server.url, client);
  return { ...person, client };
}

async function signContextIn(context: BrowserContext, url: string, { cookie }: Client): Promise<void> {
  await carrySession(context, cookie, url);
}

/** The form of a case that exists, with its first field on the screen. */
export async function openForm(page: Page, consultationId: string): Promise<void> {
  await page.goto(`/consultations/${consultationId}/edit`);
  await page.getByLabel(zh('newCase:fields.patient.name'), { exact: true }).waitFor();
}

export const saveState = (page: Page) => page.getByTestId('save-state');

/** Waits until the page says that everything is saved. */
export async function saved(page: Page): Promise<void> {
  await page.locator('[data-testid=save-state][data-kind=saved]').waitFor();
}

/** Cuts the line to the server for everything but the page's own files, as a proxy does whose upstream is gone. */
export async function cutLine(context: BrowserContext): Promise<void> {
  await context.route('**/api/**', (route) => route.abort('connectionfailed'));
}

export async function mendLine(context: BrowserContext): Promise<void> {
  await context.unroute('**/api/**');
}
