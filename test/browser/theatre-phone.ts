import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { zh } from '../support/zh.ts';
import { readProgram, SECRET } from './theatre-cameras.ts';
import { becomes, drawMask, type TheatreSite } from './theatre-site.ts';

/** A telephone reads the code of the theatre's page, is masked there, seen by a watcher so, and goes again. */
export async function becomesCamera({
  site,
  page,
  watcher,
  onAir,
}: {
  site: TheatreSite;
  page: Page;
  watcher: Page;
  onAir(source: 'device', label: string): Promise<unknown>;
}): Promise<void> {
  const invited = page.waitForResponse(
    (response) => response.url().endsWith('/phone-cameras') && response.status() === 201,
  );
  await page.getByRole('button', { name: zh('theatre:phone.add') }).click();
  const { secret } = (await (await invited).json()) as { secret: string };
  await page.getByRole('img', { name: zh('theatre:phone.code') }).waitFor();
  const camera = await site.openPhoneCamera(secret);
  await camera.page.getByRole('button', { name: zh('theatre:phone.send') }).click();
  await camera.page.locator('[data-testid="phone-standing"][data-standing="on"]').waitFor();
  const name = zh('theatre:phone.name');
  await becomes(page, name, 'masked');
  assert.equal(await page.getByRole('img', { name: zh('theatre:phone.code') }).count(), 0, 'the code is used up');
  await page.getByTestId('theatre-input').filter({ hasText: name }).click();
  await drawMask(page);
  await page.getByLabel(zh('theatre:inputs.send')).check();
  await onAir('device', name);
  await eventually('the phone is seen, its mask black', async () => {
    const { masked, beside } = await watcher.getByTestId('program').evaluate(readProgram, SECRET);
    return masked < 24 && beside > 60;
  });
  // Stopped, and sent again out of somebody's hand: it is seen once the theatre has looked at it.
  const note = (phone: string) => page.locator(`[data-testid="phone-note"][data-phone="${phone}"]`).waitFor();
  await camera.page.getByRole('button', { name: zh('theatre:phone.stop') }).click();
  await note('stopped');
  await camera.page.getByRole('button', { name: zh('theatre:phone.send') }).click();
  await note('moved');
  await becomes(page, name, 'masked');
  await watcher.locator('[data-testid="hall-picture"][data-source="device"][data-shown="off"]').waitFor();
  await page.getByLabel(zh('theatre:inputs.send')).check();
  await watcher.locator('[data-testid="hall-picture"][data-source="device"][data-shown="live"]').waitFor();
  await camera.context.close();
  await becomes(page, name, 'black');
  await watcher.locator('[data-testid="hall-picture"][data-source="device"][data-shown="no-picture"]').waitFor();
  // What is not sent any more is taken back from those who have not seen it yet.
  const takenBack = page.waitForResponse(
    (response) => response.request().method() === 'DELETE' && response.url().endsWith('/hls'),
  );
  await page.getByLabel(zh('theatre:inputs.send')).uncheck();
  assert.equal((await takenBack).status(), 204);
}
