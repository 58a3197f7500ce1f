import type { Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { dataPath } from './data.ts';
import { zh } from './zh.ts';

/** The steps that two people take in their browsers, as a new user would: by what stands on the screen, in Chinese. */

export const CT_SERIES = 'dicom/series/ct-chest-lidc0314';

export async function signInAs(page: Page, account: string): Promise<void> {
  await page.goto('/');
  await page.locator('.demo-account', { has: page.getByText(account, { exact: true }) }).click();
  await page.getByRole('button', { name: zh('signIn:submit'), exact: true }).click();
  await page.locator('.connection-light[data-state="connected"]').waitFor();
}

/** Drags a folder of this machine onto an element, as from the file manager. */
async function dragFolder(page: Page, selector: string, folder: string): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not on the screen`);
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, ...at, data });
  await devtools.detach();
}

/** Fills in a whole application, drags the CT folder in, waits until all of it has arrived. */
export async function writeApplication(page: Page): Promise<void> {
  await page.getByRole('button', { name: zh('workList:newConsultation') }).click();
  await page.getByLabel(zh('newCase:fields.patient.name'), { exact: true }).fill('王芳');
  await page.getByLabel(zh('newCase:fields.patient.idNumber')).fill('11010519491231002X');
  await page.getByText(zh('newCase:idNumber.filled')).waitFor();
  await page.getByLabel(zh('newCase:fields.patient.phone')).fill('13800001234');
  await page.getByLabel(zh('newCase:fields.question')).fill('右上肺结节性质？是否需要穿刺活检？');
  await page.getByLabel(zh('newCase:fields.historySummary')).fill('咳嗽两月，无发热，吸烟史四十年。');
  await page.getByLabel(zh('newCase:fields.diagnosis')).fill('R91');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('北江省立医院').click();
  await page.getByLabel(zh('newCase:fields.wantedSpecialty')).selectOption('放射科');
  await page.locator('input[name="urgency"][value="urgent"]').check();
  await page.locator('input[name="signer"][value="patient"]').check();
  await page.getByText(zh('consents:given')).click();
}

export async function addImages(page: Page): Promise<void> {
  await page.getByTestId('upload-drop').scrollIntoViewIfNeeded();
  await dragFolder(page, '[data-testid="upload-drop"]', dataPath(CT_SERIES));
  await page.getByTestId('upload-found').waitFor();
  // Asked where the files' patient is not the form's.
  const same = page.getByTestId('upload-same-patient');
  if (await same.isVisible()) await same.check();
  await page.getByTestId('upload-start').click();
}

export async function waitForUploads(page: Page): Promise<void> {
  await page.getByText(zh('uploads:progress.phase.finished')).waitFor({ timeout: 60_000 });
}

/** @returns the case's address. */
export async function submitApplication(page: Page): Promise<string> {
  await page.getByTestId('form-submit').click();
  await page.getByText(zh('newCase:submit.done')).first().waitFor();
  return new URL(page.url()).pathname;
}

export { DEMO_PASSWORD };
