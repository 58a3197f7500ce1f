import type { Locator, Page } from 'playwright-core';
import { PDF } from '../support/facility-world.ts';
import { jpegByHand } from '../support/photograph-by-hand.ts';
import { zh } from '../support/zh.ts';

/** What administrators and the first people of a new network do in its pages, by what stands on the screen, in Chinese. */

export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialogButton = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });
export const isSaved = (page: Page) => page.locator('[data-testid=save-state][data-kind=saved]').waitFor();

/** To a part of the administration, by the links that stand there. */
export async function toSection(page: Page, section: 'facilities' | 'people' | 'agreements' | 'import'): Promise<void> {
  await page.getByRole('link', { name: zh(`administration:sections.${section}`), exact: true }).click();
}

export async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByLabel(zh('accounts:password.new'), { exact: true }).fill(password);
  await page.getByLabel(zh('accounts:password.repeat'), { exact: true }).fill(password);
}

export async function signInWith(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel(zh('signIn:account')).fill(account);
  await page.getByLabel(zh('signIn:password'), { exact: true }).fill(password);
  await button(page, zh('signIn:submit')).click();
  await page.locator('.top-bar').waitFor();
}

/** As the slip says, on the page that its address opens: the code, a password, signing in. */
export async function followSlip(page: Page, code: string, account: string, password: string): Promise<void> {
  await page.getByLabel(zh('accounts:link.code'), { exact: true }).fill(code.toLowerCase());
  await button(page, zh('accounts:link.next')).click();
  await choosePassword(page, password);
  await button(page, zh('accounts:password.set')).click();
  await page.getByRole('link', { name: zh('accounts:link.toSignIn') }).click();
  await signInWith(page, account, password);
}

export interface Invited {
  name: string;
  login: string;
  role: string;
  /** Where there is more than one to choose from. */
  facility?: string;
  specialty?: string;
}

/** Adds a person on the page of people. @returns the code of the slip, which is then closed. */
export async function invite(page: Page, person: Invited): Promise<string> {
  await button(page, zh('accounts:people.invite')).click();
  const form = page.getByRole('dialog');
  const field = (name: 'name' | 'login' | 'role' | 'facility' | 'specialty') =>
    form.getByLabel(zh(`accounts:person.${name}`), { exact: true });
  await field('name').fill(person.name);
  await field('login').fill(person.login);
  if (person.facility) {
    await field('facility').click();
    await page.locator(`.ant-select-item-option[title="${person.facility}"]`).click();
  }
  await field('role').click();
  await page.locator(`.ant-select-item-option[title="${person.role}"]`).click();
  if (person.specialty) {
    await field('specialty').fill(person.specialty);
    await page.locator(`.ant-select-item-option[title="${person.specialty}"]`).click();
  }
  await button(page, zh('accounts:person.submitNew')).click();
  const code = await page.getByRole('dialog').getByTestId('one-time-code').textContent();
  await button(page, zh('accounts:slip.done')).click();
  return code ?? '';
}

/** @param codes of province, city and county: the last may be missing, for what belongs to a whole city. */
export async function chooseRegion(within: Page | Locator, codes: readonly string[]): Promise<void> {
  for (const [index, level] of (['province', 'city', 'county'] as const).entries()) {
    const code = codes[index];
    if (code)
      await within.getByLabel(zh(`administration:facility.region.${level}`), { exact: true }).selectOption(code);
  }
}

/** Adds a hospital at the top of the tree, which opens it. */
export async function addHospital(page: Page, name: string, tier: string, region: readonly string[]): Promise<void> {
  await button(page, zh('administration:facility.addTop')).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(zh('administration:facility.name')).fill(name);
  await dialog.getByLabel(zh('administration:facility.tier'), { exact: true }).selectOption(tier);
  await chooseRegion(dialog, region);
  await dialogButton(page, zh('administration:facility.add')).click();
  await page.getByRole('heading', { name }).waitFor();
}

/** Adds a department to the facility that is open, one that answers other hospitals. */
export async function addDepartment(page: Page, name: string, code: string): Promise<void> {
  await page.getByRole('tab', { name: zh('administration:tabs.departments') }).click();
  await button(page, zh('administration:facility.department.add')).click();
  await page
    .getByRole('textbox', { name: zh('administration:facility.department.name') })
    .last()
    .fill(name);
  await page.getByLabel(zh('administration:facility.department.code')).last().selectOption(code);
  await page.getByLabel(`${zh('administration:facility.department.answers')} ${name}`).check();
  await isSaved(page);
}

/** Brings an agreement into force: both sides, written consultations free of charge, its paper, and the confirmations of both. */
export async function concludeAgreement(page: Page, inviting: string, invited: string): Promise<void> {
  await button(page, zh('administration:agreement.add')).click();
  const sides = { inviting, invited };
  for (const side of ['inviting', 'invited'] as const) {
    await page
      .getByRole('dialog')
      .getByLabel(zh(`administration:agreement.${side}`))
      .click();
    await page.keyboard.type(sides[side]);
    await page.locator('.ant-select-item-option-active').filter({ hasText: sides[side], visible: true }).waitFor();
    await page.keyboard.press('Enter');
  }
  await dialogButton(page, zh('administration:facility.add')).click();
  const kind = zh('terms:caseKind.written');
  await page.getByRole('checkbox', { name: kind }).check();
  await page.getByLabel(`${kind} ${zh('administration:agreement.price')}`).fill('0');
  await page
    .getByTestId('signed-copy-file')
    .setInputFiles({ name: '协议.pdf', mimeType: 'application/pdf', buffer: PDF });
  await page.getByRole('link', { name: /协议\.pdf/ }).waitFor();
  for (const side of ['inviting', 'invited'] as const) {
    const sign = button(page, zh('administration:agreement.signFor', { side: zh(`administration:agreement.${side}`) }));
    await sign.click();
    await sign.waitFor({ state: 'detached' });
  }
  await page.locator('.agreement-state[data-state="valid"]').waitFor();
}

/** Writes a case with a photograph and sends it, for a written answer. @returns its path */
export async function sendWrittenCase(page: Page, invited: string, specialty: string): Promise<string> {
  await button(page, zh('workList:newConsultation')).click();
  await page.getByLabel(zh('newCase:fields.patient.name'), { exact: true }).fill('王芳');
  await page.getByLabel(zh('newCase:fields.patient.idNumber')).fill('11010519491231002X');
  await page.getByText(zh('newCase:idNumber.filled')).waitFor();
  await page.getByLabel(zh('newCase:fields.patient.phone')).fill('13800001234');
  await page.getByLabel(zh('newCase:fields.question')).fill('皮疹性质？');
  await page.getByLabel(zh('newCase:fields.historySummary')).fill('左前臂皮疹两周，无发热。');
  await page.getByLabel(zh('newCase:fields.diagnosis')).fill('湿疹');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('upload-files').setInputFiles({
    name: '皮疹.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from(await jpegByHand()),
  });
  await page.getByTestId('upload-found').waitFor();
  const same = page.getByTestId('upload-found').getByRole('checkbox');
  for (const one of await same.all()) await one.check();
  await page.getByTestId('upload-start').click();
  await page.locator('[data-testid=upload-progress][data-phase=finished]').waitFor();
  await page.getByText(invited).click();
  await page.getByLabel(zh('newCase:fields.wantedSpecialty')).selectOption(specialty);
  await page.locator('input[name="case-kind"][value="written"]').check();
  await page.locator('input[name="urgency"][value="routine"]').check();
  await page.locator('input[name="signer"][value="patient"]').check();
  await page.getByText(zh('consents:given')).click();
  await page.getByTestId('form-submit').click();
  await page.getByText(zh('newCase:submit.done')).first().waitFor();
  return new URL(page.url()).pathname.replace(/\/edit$/, '');
}

/** Takes a case from the work list, answers it in writing and signs. */
export async function answerCase(page: Page, path: string, findings: string, password: string): Promise<void> {
  await page.goto(path);
  await button(page, zh('case:actions.accept')).click();
  await button(page, zh('case:actions.write-opinion')).click();
  await page.getByLabel(zh('opinion:findings')).fill(findings);
  await page.getByLabel(zh('opinion:diagnosis')).fill('湿疹');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('opinion-sign').click();
  await page.getByTestId('sign-password').fill(password);
  await page.getByTestId('sign-confirm').click();
  await page.waitForURL(`**${path}/report`);
}
