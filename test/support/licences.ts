import type { PractitionerInput, PractitionerView } from '../../server/contract/index.ts';
import { chinaDate } from '../../server/patients/china-date.ts';
import type { Client } from './client.ts';

const DAY_MS = 24 * 3_600_000;

/** A day in China, so many after today; before it where negative. */
export const inDays = (days: number, from = new Date()): string => chinaDate(new Date(from.getTime() + days * DAY_MS));

export const LICENCE: Omit<PractitionerInput, 'revision'> = {
  licenceNumber: '110230100001234',
  category: 'clinical',
  grade: 'full',
  validFrom: '2020-01-01',
  validTo: null,
  independentSince: '2010-07-01',
  specialties: ['放射科', '介入放射'],
};

/** As an administrator enters it, on whatever is there. */
export async function enterLicence(
  administrator: Client,
  accountId: string,
  changes: Partial<PractitionerInput>,
): Promise<PractitionerView> {
  const params = { accountId };
  const { revision } = await administrator.call('practitioner:read', { params });
  return administrator.call('practitioner:save', { params, body: { ...LICENCE, revision, ...changes } });
}
