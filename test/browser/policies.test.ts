import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { chinaDate } from '../../server/patients/china-date.ts';
import { addPerson, PERSON_PASSWORD } from '../support/add-person.ts';
import { carrySession, launchBrowser, openPerson } from '../support/browser.ts';
import { signIn } from '../support/client.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

/** Where pictures of the pages are wanted, to be looked at. */
const PICTURES = process.env['POLICIES_PICTURES'];

describe('a policy that takes two', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let now = new Date();
  before(async () => {
    server = await startServer({ clock: () => now });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  async function look(page: Page, name: string): Promise<void> {
    if (PICTURES === undefined) return;
    await mkdir(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  }

  async function enter(login: string): Promise<Page> {
    const { page, context } = await openPerson(browser, server.url);
    await carrySession(context, (await signIn(server.url, login, PERSON_PASSWORD)).cookie, server.url);
    return page;
  }
  const panel = (page: Page, name: 'sessions' | 'second-factor') =>
    page.getByRole('region', { name: zh(`policies:subjects.${name}`), exact: true });
  const pressed = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

  it('is proposed by the system administrator, confirmed by the security administrator, and holds for both at once', async () => {
    const system = await addPerson(server.database, 'admin', undefined, '林国栋');
    const admin = await enter(system.login);
    await admin.goto('/administration/policies');
    await admin.getByText(zh('policies:nobody.admin')).waitFor();
    await look(admin, 'nobody');
    const other = await addPerson(server.database, 'security-admin', undefined, '罗敏');
    await admin.reload();
    await panel(admin, 'sessions').waitFor();
    assert.equal(await admin.getByText(zh('policies:nobody.admin')).count(), 0);

    await panel(admin, 'second-factor')
      .getByRole('button', { name: zh('policies:propose.second-factor') })
      .click();
    await admin.getByRole('checkbox', { name: zh('terms:role.surgeon') }).check();
    const day = zh('secondFactor:policy.fromDayOf', { role: zh('terms:role.surgeon') });
    await admin.getByLabel(day).fill(chinaDate(now));
    await admin.getByLabel(zh('policies:reason')).fill('手术示教前统一启用');
    await look(admin, 'form');
    await pressed(admin, zh('policies:submit'));
    await admin.getByRole('button', { name: zh('policies:acts.withdraw') }).waitFor();

    await pressed(admin, zh('policies:propose.sessions'));
    await admin.getByLabel(zh('policies:fields.idleMinutes')).fill('10');
    await admin.getByLabel(zh('policies:reason')).fill('等保测评要求缩短无操作时间');
    await pressed(admin, zh('policies:submit'));
    await panel(admin, 'sessions').getByText(zh('policies:isOpen')).waitFor();
    assert.equal(await admin.getByRole('button', { name: zh('policies:acts.confirm') }).count(), 0);
    await look(admin, 'proposed');

    const security = await enter(other.login);
    await security.goto('/');
    await pressed(security, zh('shell:notices.open', { count: 2 }));
    await security.getByTestId('notice-history').getByText(zh('policies:subjects.sessions')).click();
    const proposal = security.getByRole('listitem').filter({ hasText: zh('policies:fields.idleMinutes') });
    await proposal.getByRole('button', { name: zh('policies:acts.confirm') }).click();
    await security
      .getByRole('dialog')
      .getByRole('button', { name: zh('policies:acts.confirm') })
      .click();
    await security.getByText(zh('policies:done.confirmed')).waitFor();
    await panel(security, 'sessions')
      .getByText(zh('policies:values.minutes', { count: 10 }))
      .waitFor();
    const factor = security.getByRole('listitem').filter({ hasText: zh('policies:acts.refuse') });
    await factor.getByRole('button', { name: zh('policies:acts.refuse') }).click();
    const dialog = security.getByRole('dialog');
    await dialog.getByLabel(zh('reasonLabel')).fill('请先通知手术室');
    await dialog.getByRole('button', { name: zh('policies:acts.refuse') }).click();
    await security.getByText('请先通知手术室').waitFor();
    await look(security, 'decided');

    await security.getByRole('link', { name: zh('administration:sections.acts') }).click();
    await security
      .getByRole('cell', { name: zh('audit:actions.proposal-make') })
      .first()
      .waitFor();
    await look(security, 'acts');

    now = new Date(now.getTime() + 11 * 60_000);
    await admin.reload();
    await admin.getByLabel(zh('signIn:account'), { exact: true }).waitFor();
  });
});
