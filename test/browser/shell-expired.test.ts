import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { SIGNED_IN_HINT } from '../../client/api/session.tsx';
import { launchBrowser, openPerson, type Person } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import { readData } from '../support/data.ts';
import { eventually } from '../support/eventually.ts';
import { uploadFile } from '../support/images.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { openAs, openForm } from './form-people.ts';

const TYPED = '右肺小结节，痰中带血，一句没有存上的话。';

const SIGN_IN_CODE = /\/assets\/sign-in-[^/]*\.js$/;

/** What ends a session by itself, as the database has it. */
const ENDINGS = {
  'idle for too long': "usedAt = '2020-01-01T00:00:00.000Z'",
  'open for too long': "expiresAt = '2020-01-01T00:00:00.000Z'",
};

describe('a session that has expired on a shared computer', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let doctor: Person & { client: Client };

  before(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  });
  afterEach(() => doctor?.context.close());
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** As somebody who has signed in here before: their browser knows it, and fetches nothing for strangers. */
  async function openSignedIn(): ReturnType<typeof openAs> {
    const person = await openAs(server, browser, 'county-doctor');
    await person.context.addInitScript((key) => localStorage.setItem(key, '1'), SIGNED_IN_HINT);
    return person;
  }

  /** A case of their own with one picture, which the browser keeps after it was looked at. No requests are routed here: that turns its cache off. */
  async function lookAtPicture(page: Page, client: Client): Promise<{ consultationId: string; picture: Kept }> {
    const { consultationId } = await client.call('consultation:create');
    await uploadFile(client, consultationId, await readData('dicom/derived/name_gb18030_4byte.dcm'));
    const asked = page.waitForRequest(/\/frames\/1$/);
    await page.goto(`/consultations/${consultationId}/images`);
    await page.locator('[data-testid="review-lightbox"][data-quality="full"]').waitFor();
    const request = await asked;
    const picture = { address: request.url(), accept: (await request.allHeaders())['accept'] ?? '' };
    assert.equal(await isKept(page, picture), true, 'looked at once, the picture lies in the cache of the browser');
    return { consultationId, picture };
  }

  async function signIn(page: Page, account: string): Promise<void> {
    await page.getByLabel(zh('signIn:account')).first().fill(account);
    await page.getByLabel(zh('signIn:password'), { exact: true }).fill('huizhen-demo');
    await page.locator('.sign-in-submit').click();
    await page.locator('.top-bar').waitFor();
  }

  /** As the clock would do it. */
  const expire = (ended: string) =>
    server.database.query(
      `UPDATE session SET ${ended} WHERE accountId = (SELECT accountId FROM account WHERE login = 'county-doctor')`,
    );
  /** The page for signing in is held back meanwhile: it would take the form away while something is typed. */
  async function typeAsItExpires({ page, context }: Person): Promise<void> {
    let letItCome = () => {};
    const comes = new Promise<void>((resolve) => {
      letItCome = resolve;
    });
    await context.route(SIGN_IN_CODE, (route) => comes.then(() => route.continue()));
    const asked = page.waitForRequest(SIGN_IN_CODE);
    await expire(ENDINGS['idle for too long']);
    await asked;
    await page.getByLabel(zh('newCase:fields.historySummary')).fill(TYPED);
    letItCome();
    // The browser uses no cache as long as requests are held.
    await context.unrouteAll({ behavior: 'wait' });
  }
  const atSignIn = async (page: Page) => {
    await page.getByText(zh('signIn:ended.expired')).waitFor();
    await page.getByRole('button', { name: zh('signIn:submit'), exact: true }).waitFor();
    await page.waitForLoadState('networkidle');
  };

  // A page's first script asks for other things where its browser does not know that anybody was signed in.
  for (const [how, isKnown] of [['idle for too long', true] as const, ['open for too long', false] as const])
    it(`${how}, in a browser ${isKnown ? 'used before' : 'that is new'}: leaves no picture on the page, nor any that the browser would give to the next person`, async () => {
      doctor = isKnown ? await openSignedIn() : await openAs(server, browser, 'county-doctor');
      const { page, client } = doctor;
      const { consultationId, picture } = await lookAtPicture(page, client);
      await expire(ENDINGS[how]);
      await atSignIn(page);
      assert.equal(await page.locator('canvas, video').count(), 0);
      assert.equal(await isKept(page, picture), false);
      assert.deepEqual(await page.evaluate(() => caches.keys()), []);

      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await page.goto(`/consultations/${consultationId}/images`);
      await page.getByRole('button', { name: zh('signIn:submit'), exact: true }).waitFor();
      await page.waitForLoadState('networkidle');
      const ofPictures = asked.filter((path) => path.startsWith('/dicomweb/'));
      assert.deepEqual(ofPictures, [], 'without a session no picture is asked for');
    });

  it('keeps what was typed and not saved, unreadable on this computer, for its author alone', async () => {
    doctor = await openSignedIn();
    const { page, client } = doctor;
    const { consultationId, picture } = await lookAtPicture(page, client);
    await openForm(page, consultationId);
    await typeAsItExpires(doctor);
    await atSignIn(page);
    assert.equal(await isKept(page, picture), false);
    const read = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    await eventually('it is there', async () => (await read()).includes('huizhen.draft.'));
    const kept = await read();
    assert.doesNotMatch(kept, /右肺|痰中/, 'and cannot be read');

    await signIn(page, 'county-coordinator');
    assert.equal(await page.getByTestId('left-texts').count(), 0, 'the next person hears nothing of it');
    assert.equal((await page.content()).includes(TYPED), false);
    await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));

    await page.goto('/sign-in');
    await signIn(page, 'county-doctor');
    await page
      .getByTestId('left-texts')
      .getByRole('link', { name: zh('shell:unsaved.open') })
      .click();
    const field = page.getByLabel(zh('newCase:fields.historySummary'));
    await field.waitFor();
    assert.equal(await field.inputValue(), TYPED);
  });

  it('keeps also what is typed while the page for signing in is still on its way', async () => {
    doctor = await openSignedIn();
    const { page, client } = doctor;
    const { consultationId } = await client.call('consultation:create');
    await openForm(page, consultationId);
    await typeAsItExpires(doctor);
    await page.getByText(zh('signIn:ended.expired')).waitFor();

    await signIn(page, 'county-doctor');
    await page.waitForURL(`**/consultations/${consultationId}/edit`);
    const field = page.getByLabel(zh('newCase:fields.historySummary'));
    await field.waitFor();
    assert.equal(await field.inputValue(), TYPED);
  });

  it('keeps no picture either where the next person signs in without anybody having signed out', async () => {
    doctor = await openSignedIn();
    const { page, client } = doctor;
    const { picture } = await lookAtPicture(page, client);
    await page.goto('/sign-in');
    await signIn(page, 'county-coordinator');
    assert.equal(await isKept(page, picture), false);
  });
});

describe('a computer that was left while the line is down', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;

  before(async () => {
    [server, browser] = await Promise.all([
      startServer({ environment: { SESSION_IDLE_MINUTES: '0.1' } }),
      launchBrowser(),
    ]);
  });
  after(() => browser?.close());

  it('shows nothing of a patient any more once the session is over, and stays with whoever works on', async () => {
    const { page } = await openPerson(browser, server.url);
    await page.goto('/consultations/new');
    await page.getByLabel(zh('signIn:account')).first().fill('county-doctor');
    await page.getByLabel(zh('signIn:password'), { exact: true }).fill('huizhen-demo');
    await page.locator('.sign-in-submit').click();
    const field = page.getByLabel(zh('newCase:fields.historySummary'));
    await field.fill(TYPED);
    await server.close();
    await page.locator('.connection-light[data-state="connecting"]').waitFor();

    const workedOnMs = 8_000;
    for (const until = Date.now() + workedOnMs; Date.now() < until; ) await field.press('End', { delay: 500 });
    assert.equal(await field.inputValue(), TYPED, 'longer than the session lasts without use');

    await page.getByText(zh('signIn:ended.expired')).waitFor();
    assert.equal((await page.content()).includes(TYPED), false);
  });
});

interface Kept {
  address: string;
  accept: string;
}

/** Whether the browser gives the bytes out by itself, without a word to the server. */
function isKept(page: Page, picture: Kept): Promise<boolean> {
  return page.evaluate(async ({ address, accept }) => {
    const request = { cache: 'only-if-cached', mode: 'same-origin', headers: { accept } } as const;
    const answer = await fetch(address, request).catch(() => undefined);
    return answer?.ok === true && (await answer.arrayBuffer()).byteLength > 0;
  }, picture);
}
