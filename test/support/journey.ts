import type { Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../../server/demo/network.ts';
import { dataPath } from './data.ts';

/** The steps that two people take in their browsers, as a new user would: by what stands on the screen, in Chinese. */

export const CT_SERIES = 'dicom/series/ct-chest-lidc0314';

export async function signInAs(page: Page, account: string): Promise<void> {
  await page.goto('/');
  await page.locator('.demo-account', { has: page.getByText(account, { exact: true }) }).click();
  await page.getByRole('button', { name: '登录', exact: true }).click();
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
  await page
    .getByRole('link', { name: '新建会诊' })
    .or(page.getByRole('button', { name: '新建会诊' }))
    .first()
    .click();
  await page.getByLabel('姓名', { exact: true }).fill('王芳');
  await page.getByLabel('身份证号').fill('11010519491231002X');
  await page.getByText('校验通过').first().waitFor();
  await page.getByLabel('联系电话').fill('13800001234');
  await page.getByLabel('会诊目的').fill('右上肺结节性质？是否需要穿刺活检？');
  await page.getByLabel('病历摘要').fill('咳嗽两月，无发热，吸烟史四十年。');
  await page.getByLabel('初步诊断').fill('R91');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('北江省立医院').click();
  await page.getByLabel('申请专科').selectOption('放射科');
  await page.locator('input[name="urgency"][value="urgent"]').check();
  await page.locator('input[name="signer"][value="patient"]').check();
  await page.getByText('已签署书面知情同意书').click();
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
  await page.getByText('全部上传完成').waitFor({ timeout: 60_000 });
}

/** @returns the case's address. */
export async function submitApplication(page: Page): Promise<string> {
  await page.getByTestId('form-submit').click();
  await page.getByText('申请已提交').first().waitFor();
  return new URL(page.url()).pathname;
}

export { DEMO_PASSWORD };
