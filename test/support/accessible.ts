import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * Everything axe-core knows of WCAG 2.2 A and AA, and its advice on structure. What it calls legacy looks from within the page,
 * as our pages have no frames of others, and needs no second one; what passes, most of each page, is not described.
 */
export async function assertAccessible(page: Page, what?: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ rules: { 'label-content-name-mismatch': { enabled: true } }, resultTypes: ['violations'] })
    .analyze();
  const found = violations.map(
    ({ id, help, nodes }) =>
      `${id} (${help}):\n  ${nodes.map(({ html, failureSummary }) => `${html}\n  ${failureSummary}`).join('\n  ')}`,
  );
  assert.deepEqual(found, [], what);
}
