import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { assertAccessible } from '../support/accessible.ts';
import { enterPerson } from '../support/add-person.ts';
import { carrySession, launchBrowser, openPerson } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import {
  type DemonstrationWorld,
  type Entered,
  enrolIn,
  HOME,
  INVITED,
  openDemonstrationWorld,
  placeDemonstration,
} from '../support/demonstration-world.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

const MINUTE_MS = 60_000;
const TITLE = '胸腔镜肺段切除示教';

describe('credits for a demonstration in the browser', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let browser: Browser;
  let world: DemonstrationWorld;
  let short: Entered;
  let path: string;

  before(async () => {
    server = await startServer();
    world = await openDemonstrationWorld(server);
    short = await enterPerson(server, 'trainee', INVITED);
    const began = Date.now() - 200 * MINUTE_MS;
    const at = (minutes: number) => new Date(began + minutes * MINUTE_MS).toISOString();
    const { demonstrationId } = await placeDemonstration(world, 'ended', { beganAt: at(0), endedAt: at(100) });
    path = `/demonstrations/${demonstrationId}`;
    for (const [person, minutes] of [
      [world.watcher, 92],
      [short, 40],
    ] as const) {
      await enrolIn(world, demonstrationId, person);
      const window = { windowId: randomUUID().slice(0, 20), fromAt: at(0), lastSeenAt: at(minutes) };
      await server.database.write(({ demonstrations }) =>
        demonstrations.insertPresence({
          ...{ presenceId: randomUUID(), demonstrationId, accountId: person.accountId, facilityId: INVITED },
          ...{ ...window, toAt: at(minutes), hasLeft: true },
        }),
      );
    }
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  async function open(client: Client, to: string, width = 1366): Promise<{ page: Page; close(): Promise<void> }> {
    const { context, page, faults } = await openPerson(browser, server.url);
    await carrySession(context, client.cookie, server.url);
    await page.setViewportSize({ width, height: width < 500 ? 844 : 768 });
    await page.goto(to);
    return {
      page,
      async close() {
        assert.deepEqual(faults, []);
        await context.close();
      },
    };
  }
  const rowOf = (page: Page, share: string) => page.getByRole('row').filter({ hasText: share });

  it('[DM43] [DM44] [DM45] are assessed at the desk, given by the administrator, corrected by another, and seen by who watched', async () => {
    const desk = await open(world.moderator.client, path);
    await desk.page.getByRole('tab', { name: zh('demonstrations:tabs.people') }).click();
    await rowOf(desk.page, '92%').getByText(zh('credits:expected.yes')).waitFor();
    await desk.page.getByRole('button', { name: zh('credits:assess.act'), exact: true }).click();
    const asking = desk.page.getByRole('dialog');
    await asking.getByText(zh('credits:assess.text', { count: 1, total: 2 })).waitFor();
    await asking.getByLabel(zh('credits:assess.remark')).fill('第二段线路中断，已核对。');
    await assertAccessible(desk.page, 'assessing');
    await asking.getByRole('button', { name: zh('credits:assess.confirm') }).click();
    await rowOf(desk.page, '40%').getByText(zh('credits:qualifies.no'), { exact: true }).waitFor();
    assert.equal(await desk.page.getByRole('button', { name: zh('credits:assess.act'), exact: true }).count(), 0);

    const { client } = await enterPerson(server, 'facility-admin', HOME);
    const officer = await open(client, '/demonstrations');
    await officer.page.getByRole('link', { name: TITLE }).click();
    await officer.page.getByText('第二段线路中断，已核对。').waitFor();
    await officer.page.getByRole('button', { name: zh('credits:credit.act'), exact: true }).click();
    const giving = officer.page.getByRole('dialog');
    const confirm = giving.getByRole('button', { name: zh('credits:credit.confirm') });
    await giving.getByLabel(zh('credits:credit.points')).fill('1.55');
    await giving.getByText(zh('credits:credit.problem')).waitFor();
    assert.equal(await confirm.isDisabled(), true);
    await giving.getByLabel(zh('credits:credit.points')).fill('1.5');
    await confirm.click();
    await rowOf(officer.page, '92%').getByText('1.5', { exact: true }).waitFor();
    assert.equal(await officer.page.getByRole('button', { name: zh('credits:correct.act') }).count(), 0);

    const second = await open((await enterPerson(server, 'facility-admin', HOME)).client, path, 390);
    await rowOf(second.page, '40%').getByRole('button').click();
    const correcting = second.page.getByRole('dialog');
    await correcting.getByLabel(zh('credits:correct.points')).fill('0.5');
    await correcting.getByLabel(zh('reasonLabel')).fill('已补看回放');
    await assertAccessible(second.page, 'correcting');
    await correcting.getByRole('button', { name: zh('credits:correct.confirm') }).click();
    await rowOf(second.page, '40%').getByText('已补看回放').waitFor();

    const watched = await open(world.watcher.client, path);
    await watched.page.getByText(zh('credits:result.points', { points: 1.5 })).waitFor();
    await watched.page.goto('/account');
    const own = watched.page.getByRole('region', { name: zh('credits:mine.title') });
    await own.getByText(zh('credits:mine.points', { points: '1.5' })).waitFor();
    const other = await open(short.client, '/account', 390);
    await other.page.getByText('已补看回放').waitFor();
    await assertAccessible(other.page, 'own credits on a phone');
    for (const one of [desk, officer, second, watched, other]) await one.close();
  });
});
