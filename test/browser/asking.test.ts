import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { carrySession, launchBrowser, openPerson } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import { enrolIn, openDemonstrationWorld, placeDemonstration } from '../support/demonstration-world.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

describe('asking on the pages of a live demonstration', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let browser: Browser;

  before(async () => {
    server = await startServer({ isHallReady: () => true });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const open = async (client: Client, path: string) => {
    const person = await openPerson(browser, server.url);
    await carrySession(person.context, client.cookie, server.url);
    await person.page.goto(path);
    return person;
  };

  it('a question, a hand and a poll go from the watcher to the desk and back', async () => {
    const world = await openDemonstrationWorld(server);
    const { demonstrationId } = await placeDemonstration(world, 'live');
    await enrolIn(world, demonstrationId, world.watcher);
    const watcher = await open(world.watcher.client, `/demonstrations/${demonstrationId}/watch`);
    const moderator = await open(world.moderator.client, `/demonstrations/${demonstrationId}/desk`);
    const [watching, desk] = [watcher.page, moderator.page];
    const press = (page: typeof desk, name: string) => page.getByRole('button', { name, exact: true }).click();

    await watching.getByLabel(zh('asking:ask.field')).fill('段间平面怎样辨认？');
    await press(watching, zh('asking:ask.send'));
    await watching.getByTestId('asking-questions').getByText('段间平面怎样辨认？').waitFor();
    await desk.getByTestId('asking-desk-questions').getByText('段间平面怎样辨认？').waitFor();
    await press(desk, zh('asking:show'));
    await watching.getByTestId('asking-on-screen').getByText('段间平面怎样辨认？').waitFor();
    const surgeon = await open(world.surgeon, `/demonstrations/${demonstrationId}/theatre`);
    await surgeon.page.getByTestId('asking-theatre').getByText('段间平面怎样辨认？').waitFor();

    await press(watching, zh('asking:hand.raise'));
    await press(desk, zh('asking:hand.offer'));
    await press(watching, zh('asking:hand.ready'));
    await desk.locator('[data-testid="asking-hands"] [data-state="ready"]').waitFor();
    await press(desk, zh('asking:hand.grant'));
    await watching.locator('[data-testid="asking-hand"][data-state="granted"]').waitFor();
    const { live } = await world.moderator.client.call('demonstration:read', { params: { demonstrationId } });
    assert.deepEqual(
      live?.voices.map(({ person }) => person.accountId),
      [world.watcher.accountId],
      'the word in the hall',
    );

    await desk.getByText(zh('asking:poll.new')).click();
    await desk.getByLabel(zh('asking:poll.question')).fill('入路？');
    await desk.getByLabel(zh('asking:poll.options')).fill('单孔\n三孔');
    await press(desk, zh('asking:poll.start'));
    await watching.getByTestId('asking-poll').getByRole('button', { name: '三孔' }).click();
    await desk.getByTestId('asking-poll').getByText('1 · 100 %').waitFor();
    // The form has made room, and below all of it the switch is still where it was.
    assert.equal(await desk.locator('details[open]').count(), 0);
    await desk.getByTestId('desk-watchers').scrollIntoViewIfNeeded();
    await desk.getByRole('button', { name: zh('theatre:cut.all') }).click({ trial: true });
    const top = await desk.locator('.cut-switch-pane').evaluate((cut) => cut.getBoundingClientRect().top);
    const side = await desk.locator('.hall-side').evaluate((pane) => pane.getBoundingClientRect().top);
    assert.equal(top, side, 'the cut switch stays at the top');
    await press(desk, zh('asking:poll.close'));
    await watching.getByText(zh('asking:poll.closed', { count: 1 })).waitFor();
    assert.deepEqual([watcher.faults, moderator.faults], [[], []]);
  });
});
