import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import type { Person } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import { readData } from '../support/data.ts';
import { eventually } from '../support/eventually.ts';
import { uploadFile } from '../support/images.ts';
import { submitCase } from '../support/submit-case.ts';
import { zh } from '../support/zh.ts';
import { type Office, openOffice, signInAs } from './office.ts';

describe('a session in a real browser', function () {
  this.timeout(180_000);
  let office: Office;
  let physician: Client;

  before(async () => {
    office = await openOffice();
    physician = await office.server.signIn('county-doctor');
  });
  after(() => office?.close());
  afterEach(() => office.leave());

  it('fetches files, session, case and first frame of the images page beside what asks for them, and nothing before anybody is signed in', async () => {
    const { consultationId } = await physician.call('consultation:create');
    await uploadFile(physician, consultationId, await readData('dicom/derived/name_gb18030_4byte.dcm'));
    const address = `/consultations/${consultationId}/images`;
    const person = await office.enter('about:blank');
    const { page } = person;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const isImagesPage = (path: string) => /^\/assets\/images-.*\.js$/.test(path);
    await page.goto(address);
    await page.getByRole('button', { name: 'county-doctor' }).waitFor();
    await page.waitForLoadState('networkidle');
    const isCase = (path: string) => path === `/api/consultations/${consultationId}`;
    const isOfPictures = (path: string) => path.startsWith('/dicomweb/');
    assert.deepEqual(
      asked.filter((path) => isImagesPage(path) || isCase(path) || isOfPictures(path)),
      [],
    );
    await page.goto('/');
    await signInAs(person, 'county-doctor');

    const requestOf = (isIt: (path: string) => boolean) =>
      page.waitForRequest((request) => isIt(new URL(request.url()).pathname));
    const isSession = (path: string) => path === '/api/session';
    const isMetadata = (path: string) => path.endsWith('/metadata');
    const isFrame = (path: string) => path.endsWith('/frames/1');
    const early = Promise.all([isImagesPage, isSession, isCase, isMetadata, isFrame].map(requestOf));
    // What asks for them otherwise does not arrive before.
    await page.route('**/assets/start-*.js', async (route) => {
      await early;
      await route.continue();
    });
    await page.addInitScript(() => {
      const against: string[] = [];
      Object.assign(window, { against });
      document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => against.push(violatedDirective));
    });
    asked.length = 0;
    await page.goto(address);
    await page.locator('[data-testid="review-lightbox"][data-quality="full"]').waitFor();
    for (const isIt of [isSession, isMetadata, isFrame])
      assert.equal(asked.filter(isIt).length, 1, 'is asked for once');
    const scripts = new Set(asked.filter((path) => path.endsWith('.js')));
    assert.ok(scripts.size < 32, `${scripts.size} files of code`);
    assert.deepEqual(
      await page.evaluate(() => Reflect.get(window, 'against')),
      [],
      'nothing goes against our own policy',
    );
  });

  it('refuses a wrong password in words, keeps the language, and leads on to the page that was asked for', async () => {
    const person = await office.enter('/audit');
    const { page } = person;
    await page.getByRole('textbox', { name: zh('signIn:account') }).fill('auditor');
    await page.getByLabel(zh('signIn:password'), { exact: true }).fill('not-the-password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText(zh('failures:reason.wrong-password')).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('The account or the password is wrong').waitFor();
    await page.reload();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    await page.getByRole('textbox', { name: 'Account' }).fill('auditor');
    await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Audit' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/audit');
  });

  it('says on every page, the viewers too, that this is a demonstration, and takes 24 pixels for it', async () => {
    const person = await office.enter();
    const { page } = person;
    const strip = page.getByRole('complementary', { name: zh('shell:demonstrationName') });
    const { consultationId } = await physician.call('consultation:create');
    await strip.getByText(zh('shell:demonstration')).waitFor();
    await signInAs(person, 'county-doctor');
    for (const path of ['/', `/consultations/${consultationId}`, `/consultations/${consultationId}/images`]) {
      await page.goto(path);
      await strip.getByText(zh('shell:demonstration')).waitFor();
      const [stripPx, windowPx, pagePx] = await page.evaluate(() => [
        document.querySelector('.demo-strip')?.getBoundingClientRect().height,
        window.innerHeight,
        document.documentElement.scrollHeight,
      ]);
      assert.equal(stripPx, 24, path);
      if (path.endsWith('/images')) assert.equal(pagePx, windowPx, 'the viewer and the strip fill the window together');
    }
  });

  it('says why a session is over, and lets nothing of it be seen after', async () => {
    await submitCase(physician);
    const specialist = await office.enterAs('specialist');
    await specialist.page.locator('.case-row').first().waitFor();
    await specialist.page.goto('/nowhere');
    await specialist.page.locator('.connection-light[data-state="connected"]').waitFor();
    await (await office.server.signIn('specialist')).call('session:close-all');
    await specialist.page.getByText(zh('signIn:ended.signed-out')).waitFor();
    await specialist.page.goBack();
    await specialist.page.getByRole('button', { name: zh('signIn:submit'), exact: true }).waitFor();
    assert.equal(await specialist.page.locator('.case-row').count(), 0);
  });

  it('has its line back after one refusal where the browser is signed in all the same', async () => {
    const { page } = await office.enterAs('specialist');
    let refusals = 0;
    await page.routeWebSocket(/socket\.io/, (socket) => {
      if (refusals > 0) {
        socket.connectToServer();
        return;
      }
      // What the server answers to a session that it does not know.
      const refusal = { code: 'unauthenticated', message: 'not signed in', requestId: randomUUID() };
      socket.onMessage((message) => {
        if (!String(message).startsWith('40')) return;
        refusals += 1;
        socket.send(`44${JSON.stringify({ message: refusal.message, data: refusal })}`);
      });
      const times = { pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 1_000_000 };
      socket.send(`0${JSON.stringify({ sid: randomUUID(), upgrades: [], ...times })}`);
    });
    await page.reload();
    await page.locator('.connection-light[data-state="connected"]').waitFor();
    assert.equal(refusals, 1);
  });

  const BY_THE_NEXT_SAVE = 'where only the next save hears it';
  const MOMENTS = {
    'while the new request is being made': async ({ page }: Person, endIt: () => Promise<unknown>) => {
      await page.route('**/api/consultations', async (route) => {
        if (route.request().method() === 'POST') await endIt();
        await route.continue();
      });
      await page.goto('/consultations/new');
    },
    'before the page could say that the news of the case were seen': async (
      { page }: Person,
      endIt: () => Promise<unknown>,
    ) => {
      const answered = page.waitForResponse('**/api/notices/read');
      await page.route('**/api/notices/read', async (route) => {
        await endIt();
        await route.continue();
      });
      await page.goto('/consultations/new');
      assert.equal((await answered).status(), 401);
    },
    'in the middle of a word': async ({ page }: Person, endIt: () => Promise<unknown>) => {
      await page.goto('/consultations/new');
      await page.getByLabel(zh('newCase:fields.question')).pressSequentially('右肺结节');
      await page.getByRole('combobox').first().pressSequentially('fei');
      await endIt();
      await page.keyboard.type('yan');
    },
    [BY_THE_NEXT_SAVE]: async ({ page, context }: Person, endIt: () => Promise<unknown>) => {
      await context.route('**/socket.io/**', (route) => route.abort('connectionfailed'));
      await context.routeWebSocket('**/socket.io/**', (socket) => socket.close());
      await page.goto('/consultations/new');
      await page.getByLabel(zh('newCase:fields.question')).waitFor();
      await endIt();
      await page.getByLabel(zh('newCase:fields.question')).fill('是否手术？');
    },
  };
  for (const [moment, arrive] of Object.entries(MOMENTS))
    it(`leads from the form of a new request to signing in when it is ended elsewhere ${moment}, in words of the page`, async () => {
      const person = await office.enterAs('county-doctor');
      const { page } = person;
      await page.addInitScript(() =>
        new MutationObserver(() => {
          const text = document.body?.innerText ?? '';
          if (/session/i.test(text)) reportError(new Error(text));
        }).observe(document, { childList: true, subtree: true, characterData: true }),
      );
      await arrive(person, async () => (await office.server.signIn('county-doctor')).call('session:close-all'));
      await page.waitForURL('**/sign-in?*');
      const ended = moment === BY_THE_NEXT_SAVE ? 'expired' : 'signed-out';
      await page.getByText(zh(`signIn:ended.${ended}`)).waitFor();
      await page.getByRole('button', { name: zh('signIn:submit'), exact: true }).waitFor();
      physician = await office.server.signIn('county-doctor');
    });

  it('shows a page that says so, with a way home, for an address that leads nowhere', async () => {
    const person = await office.enterAs('county-doctor');
    const { page } = person;
    const nobodys = randomUUID();
    const gone = [
      ['/images', zh('notFound.title')],
      ['/nowhere/at/all', zh('notFound.title')],
      [`/consultations/${nobodys}`, zh('case:gone.title')],
      [`/consultations/${nobodys}/images`, zh('case:gone.title')],
    ] as const;
    for (const [path, told] of gone) {
      await page.goto(path);
      await page.locator('.full-page-notice h1').getByText(told).waitFor();
      await page.getByRole('link', { name: zh('backToWorkList') }).click();
      await page.waitForURL((url) => url.pathname === '/');
      await page.locator('.top-bar').waitFor();
    }
  });

  it('leaves nothing in the browser that can be read once the person is signed out, what was typed neither', async () => {
    const { consultationId } = await physician.call('consultation:create');
    const person = await office.enterAs('county-doctor');
    const { page } = person;
    await page.goto(`/consultations/${consultationId}/edit`);
    const typed = { name: '欧阳不留痕', question: '这一句话不应留在浏览器里' };
    await page.getByLabel(zh('newCase:fields.patient.name')).first().fill(typed.name);
    await page.getByLabel(zh('newCase:fields.question')).first().fill(typed.question);
    await eventually('it is saved', async () => {
      const { patient, question } = await physician.call('consultation:read', { params: { consultationId } });
      return patient.name === typed.name && question === typed.question;
    });
    await page.goto('/');
    await page.locator('.connection-light[data-state="connected"]').waitFor();
    await (await office.server.signIn('county-doctor')).call('session:close-all');
    physician = await office.server.signIn('county-doctor');
    await page.getByRole('button', { name: zh('signIn:submit'), exact: true }).waitFor();
    await page.evaluate(() => localStorage.setItem('kept', 'to be found'));
    const kept = await page.evaluate(readEverythingKept);
    assert.ok(kept.includes('to be found'));
    for (const text of Object.values(typed)) assert.ok(!kept.includes(text), text);
  });
});

/** Runs in the page: all that the browser keeps for this address, as text. */
async function readEverythingKept(): Promise<string> {
  const kept: string[] = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
  // Methods: functions with names of their own need a helper that the page has not.
  const all = {
    async read(value: unknown): Promise<void> {
      if (value instanceof Blob) kept.push(await value.text());
      else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) kept.push(new TextDecoder().decode(value));
      else if (typeof value === 'object' && value !== null)
        for (const part of Object.values(value)) await all.read(part);
      else kept.push(String(value));
    },
    done<T>(request: IDBRequest<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    },
  };
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) {
      kept.push(request.url);
      await all.read(await (await caches.match(request))?.blob());
    }
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await all.done(indexedDB.open(name));
    for (const one of database.objectStoreNames) {
      const store = database.transaction(one).objectStore(one);
      await all.read(await Promise.all([all.done(store.getAllKeys()), all.done(store.getAll())]));
    }
    database.close();
  }
  return kept.join('\n');
}
