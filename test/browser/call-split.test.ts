import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { carrySession, decodedFrames, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { meetCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { eventually, rises } from '../support/eventually.ts';
import { type Nginx, startNginx } from '../support/nginx.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { type RunningSfu, startSfu } from '../support/start-sfu.ts';

describe('server and sfu apart, behind nginx', function () {
  this.timeout(240_000);
  let sfu: RunningSfu;
  let server: RunningServer;
  let nginx: Nginx;
  let browser: Browser;
  let county: Client;
  let specialist: Client;

  before(async () => {
    sfu = await startSfu();
    const environment = { SECURE_COOKIES: '1', TRUSTED_PROXIES: '1', SFU_PUBLIC_URL: '/' };
    server = await startServer({ sfuApart: sfu, environment });
    nginx = await startNginx({ server: server.url, sfu: sfu.url });
    browser = await launchBrowser(['--ignore-certificate-errors']);
    [county, specialist] = await Promise.all([server.signIn('county-doctor'), server.signIn('specialist')]);
  });
  after(async () => {
    await browser?.close();
    await nginx?.close();
    await server?.close();
    await sfu?.close();
  });

  async function enter({ cookie }: Client, consultationId: string): Promise<Person> {
    const url = `https://localhost:${nginx.port}`;
    const person = await openPerson(browser, url);
    await carrySession(person.context, cookie, url);
    await person.page.goto(`/consultations/${consultationId}/room`);
    await person.page.getByTestId('room-enter').click();
    return person;
  }

  it('two people see each other, and one who ends the call ends it for both', async () => {
    const { consultationId } = await meetCase(county, specialist);
    const people = [await enter(county, consultationId), await enter(specialist, consultationId)];
    for (const { page } of people) await rises('pictures', 10, () => decodedFrames(page));
    assert.equal((await nginx.ask('GET', '/sfu/people')).status, 404, 'the control is the server’s alone');
    assert.equal((await sfu.sfu.listPeople()).length, 2);
    await specialist.call('call:end', { params: { consultationId } });
    for (const { page } of people) await page.locator('[data-testid="room-end"][data-phase="ended"]').waitFor();
    await eventually('nobody is left in the room', async () => (await sfu.sfu.listPeople()).length === 0);
    await Promise.all(people.map(({ context }) => context.close()));
  });

  it('one who signs out is out of the call, and the other sees it', async () => {
    const { consultationId } = await meetCase(county, specialist);
    const people = [await enter(county, consultationId), await enter(specialist, consultationId)];
    for (const { page } of people) await rises('pictures', 10, () => decodedFrames(page));
    await county.call('session:close');
    await people[1]?.page.getByTestId('tile').waitFor({ state: 'detached' });
    await people[0]?.page.waitForURL(/sign-in/);
    assert.equal((await sfu.sfu.listPeople()).length, 1);
    await Promise.all(people.map(({ context }) => context.close()));
  });
});
