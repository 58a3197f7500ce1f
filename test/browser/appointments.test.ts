import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { demoFacilities } from '../../server/demo/network.ts';
import { assertAccessible } from '../support/accessible.ts';
import { addAdministrator } from '../support/add-administrator.ts';
import { type AddedPerson, addPerson, PERSON_PASSWORD } from '../support/add-person.ts';
import { carrySession, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { acceptCase } from '../support/case-journey.ts';
import { type Client, createClient, signIn } from '../support/client.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { submitCase } from '../support/submit-case.ts';
import { zh } from '../support/zh.ts';

const { county, province } = demoFacilities;
const NAME = '林双';

describe('a person at two hospitals, in the pages', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let browser: Browser;
  let person: AddedPerson;
  let own: string;
  let others: string;
  const people: Person[] = [];

  before(async () => {
    [server, browser] = [await startServer(), await launchBrowser()];
    person = await addPerson(server.database, 'physician', county.facilityId, NAME);
    const client = await signIn(server.url, person.login, PERSON_PASSWORD);
    own = (await submitCase(client, { patientName: '周本县' })).caseNumber;
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(async () => {
    const leaving = people.splice(0);
    await Promise.all(leaving.map(({ context }) => context.close()));
    for (const { faults } of leaving)
      assert.deepEqual(
        faults.filter((fault) => !fault.includes('Failed to load resource')),
        [],
      );
  });

  async function enter(client: Client, path: string): Promise<Page> {
    const one = await openPerson(browser, server.url);
    people.push(one);
    await carrySession(one.context, client.cookie, server.url);
    await one.page.goto(path);
    return one.page;
  }
  const lineOf = (page: Page, caseNumber: string) => page.locator('.case-row').filter({ hasText: caseNumber });
  const placeOf = (page: Page) => page.locator('.person-facility');

  it('[AP6] is appointed by the second one’s administrator, who has it from them how their account is called', async () => {
    const { client } = await addAdministrator(server, province.facilityId);
    const page = await enter(client, '/administration/people');
    await page.getByRole('button', { name: zh('appointments:new') }).click();
    const drawer = page.getByRole('dialog');
    const field = (name: string) => drawer.getByLabel(name, { exact: true });
    await field(zh('accounts:person.login')).fill(person.login);
    await field(zh('accounts:person.name')).fill('林又');
    await field(zh('accounts:person.facility')).click();
    await page.getByTitle(province.name, { exact: true }).click();
    await field(zh('accounts:person.role')).click();
    await page.getByTitle(zh('terms:role.specialist'), { exact: true }).click();
    await field(zh('accounts:person.titleField')).fill('副主任医师');
    await assertAccessible(page, 'a further appointment');
    const submit = drawer.getByRole('button', { name: zh('appointments:submitNew') });
    await submit.click();
    await drawer.getByText(zh('failures:reason.person-unknown')).waitFor();
    await field(zh('accounts:person.name')).fill(NAME);
    await submit.click();
    await drawer.waitFor({ state: 'detached' });
    await page.getByPlaceholder(zh('accounts:people.search')).fill(NAME);
    await page.getByRole('button', { name: zh('accounts:people.open', { name: NAME }) }).click();
    const line = page.locator('.appointments li').filter({ hasText: province.name });
    await line.getByText(zh('appointments:state.in-force')).waitFor();
    assert.match((await line.textContent()) ?? '', new RegExp(zh('terms:role.specialist')));
    await assertAccessible(page, 'the person with their appointment');
  });

  it('[AP1] [AP2] switches without signing out, in all windows at once, and sees each hospital’s cases only', async () => {
    others = (await submitCase(await server.signIn('county-doctor'), { patientName: '吴他人' })).caseNumber;
    const page = await enter(await signIn(server.url, person.login, PERSON_PASSWORD), '/');
    await lineOf(page, own).waitFor();
    assert.equal(await placeOf(page).textContent(), county.name);
    const second = await page.context().newPage();
    await second.goto('/patients');
    await second.locator('.top-bar').waitFor();

    await page.getByRole('button', { name: new RegExp(zh('shell:person')) }).click();
    await page.getByRole('menuitem', { name: new RegExp(province.name) }).click();
    for (const window of [page, second]) {
      await window.waitForURL(`${server.url}/`);
      await lineOf(window, others).waitFor();
      assert.equal(await placeOf(window).textContent(), province.name);
      assert.equal(await lineOf(window, own).count(), 0);
    }
    await page.getByRole('button', { name: new RegExp(zh('shell:person')) }).click();
    await page.getByRole('menuitem', { name: new RegExp(county.name) }).click();
    await placeOf(page).filter({ hasText: county.name }).waitFor();
    await lineOf(second, own).waitFor();
    assert.equal(await lineOf(second, others).count(), 0);
  });

  it('[AP2] is not sent to sign in by a request that was under way for the session that another window has left', async () => {
    const page = await enter(await signIn(server.url, person.login, PERSON_PASSWORD), '/');
    const second = await page.context().newPage();
    // Nothing but what it asks for itself tells this window of the switch.
    await second.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await second.route('**/socket.io/**', (route) => route.abort());
    await second.goto('/');
    await placeOf(second).filter({ hasText: county.name }).waitFor();
    const left = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    await page.getByRole('button', { name: new RegExp(zh('shell:person')) }).click();
    await page.getByRole('menuitem', { name: new RegExp(province.name) }).click();
    await placeOf(page).filter({ hasText: province.name }).waitFor();

    let refused = 0;
    await second.route(
      '**/api/demonstrations?*',
      async (route) => {
        const response = await route.fetch({ headers: { ...route.request().headers(), cookie: left } });
        refused = response.status();
        await route.fulfill({ response });
      },
      { times: 1 },
    );
    await second.getByRole('link', { name: zh('shell:nav.demonstrations') }).click();
    await placeOf(second).filter({ hasText: province.name }).waitFor();
    assert.equal(refused, 401);
    assert.equal(new URL(second.url()).pathname, '/');
    await server.database.write(({ accounts }) => accounts.noteAppointment(person.accountId, person.accountId));
  });

  it('[CA2] hears at one hospital that the other one calls, goes there and is asked to answer', async () => {
    const doctor = await server.signIn('county-doctor');
    const appointmentId = (await server.database.read.accounts.listAppointments([person.accountId])).find(
      ({ facilityId }) => facilityId === province.facilityId,
    )?.appointmentId;
    const away = await signIn(server.url, person.login, PERSON_PASSWORD);
    const answer = await away.fetch('/api/session/appointment', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appointmentId }),
    });
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    const { consultationId } = await acceptCase(doctor, createClient(server.url, cookie.join('; ')));
    await server.database.write(({ accounts }) => accounts.noteAppointment(person.accountId, person.accountId));

    const page = await enter(await signIn(server.url, person.login, PERSON_PASSWORD), '/patients');
    await page.locator('.top-bar').waitFor();
    assert.equal(await placeOf(page).textContent(), county.name);
    await doctor.call('call:start', { params: { consultationId } });
    const ring = page.getByRole('dialog', { name: zh('shell:ring.title') });
    await ring.getByText(zh('shell:ring.elsewhere', { facility: province.name })).waitFor();
    assert.ok(!(await ring.textContent())?.includes('张'), 'nothing of the patient');
    await assertAccessible(page, 'a call at the other hospital');
    await ring.getByRole('button', { name: zh('shell:ring.switch') }).click();
    await ring.getByRole('button', { name: zh('shell:ring.answer') }).waitFor();
    assert.equal(await placeOf(page).textContent(), province.name);
    await doctor.call('call:end', { params: { consultationId } });
    await ring.waitFor({ state: 'detached' });
    await server.database.write(({ accounts }) => accounts.noteAppointment(person.accountId, person.accountId));
  });

  it('[AP4] is told calmly when one of the appointments ends, and goes on in the other', async () => {
    const page = await enter(await signIn(server.url, person.login, PERSON_PASSWORD), '/');
    await lineOf(page, own).waitFor();
    const { accountId } = person;
    await server.database.query(
      `UPDATE account SET endedAt = '2026-01-01T00:00:00.000Z' WHERE accountId = '${accountId}'`,
    );
    await page.getByRole('heading', { name: zh('appointments:ended.title') }).waitFor();
    await assertAccessible(page, 'an appointment that has ended');
    await page.getByRole('button', { name: new RegExp(province.name) }).click();
    await lineOf(page, others).waitFor();
    assert.equal(await page.getByText(own).count(), 0);
  });
});
