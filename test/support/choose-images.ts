import type { Page } from 'playwright-core';
import { dataPath } from './data.ts';
import { CT_SERIES } from './images.ts';

/** Chooses the CT folder on the form and starts its upload; the files' patient is another than the form's, which is asked about. */
export async function chooseImages(page: Page): Promise<void> {
  await page.getByTestId('upload-folder').setInputFiles(dataPath(CT_SERIES));
  await page.getByTestId('upload-same-patient').check();
  await page.getByTestId('upload-start').click();
}
