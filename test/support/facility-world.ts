import { randomUUID } from 'node:crypto';
import type { AgreementDetail, FacilityDraft } from '../../server/contract/index.ts';
import type { NewFacility } from '../../server/facilities/facility.ts';
import type { NewAgreement } from '../../server/facilities/store.ts';
import type { Client } from './client.ts';
import type { RunningServer } from './start-server.ts';

/** The smallest PDF that calls itself one. */
export const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

export function facilityDraft(changes: Partial<FacilityDraft> = {}): FacilityDraft {
  return {
    name: '青溪县白沙乡卫生院',
    shortName: '白沙卫生院',
    tier: 'township',
    region6: '230125',
    orgCode22: '',
    uscc18: '',
    level: 1,
    grade: 'a',
    departments: [],
    ...changes,
  };
}

/** Puts a facility straight into the database. @returns its id */
export async function placeFacility(
  { database }: Pick<RunningServer, 'database'>,
  parentId: string | null,
  changes: Partial<NewFacility> = {},
): Promise<string> {
  const facilityId = randomUUID();
  const { name, tier, region6 } = facilityDraft();
  await database.write((stores) => stores.facilities.insert({ facilityId, name, tier, region6, parentId, ...changes }));
  return facilityId;
}

const YEAR_MS = 365 * 24 * 3_600_000;

/** Puts an agreement, signed and valid unless told, straight into the database. @returns its id */
export async function placeAgreement(
  { database }: Pick<RunningServer, 'database'>,
  invitingFacilityId: string,
  invitedFacilityId: string,
  changes: Partial<NewAgreement> = {},
): Promise<string> {
  const agreementId = randomUUID();
  const [validFrom, validTo] = [-1, 1].map((years) => new Date(Date.now() + years * YEAR_MS).toISOString());
  if (!validFrom || !validTo) throw new Error('no period');
  await database.write((stores) =>
    stores.facilities.insertAgreement({
      agreementId,
      invitingFacilityId,
      invitedFacilityId,
      validFrom,
      validTo,
      ...changes,
    }),
  );
  return agreementId;
}

export const UNSIGNED = { inviting: null, invited: null };

/** Sends the scanned paper of a draft. */
export function sendCopy(
  client: Client,
  agreementId: string,
  version: number,
  bytes: Uint8Array = PDF,
): Promise<Response> {
  const query = new URLSearchParams({ version: String(version), name: '协议.pdf' });
  return client.fetch(`/api/agreements/${agreementId}/signed-copy?${query}`, {
    method: 'PUT',
    body: Buffer.from(bytes),
  });
}

/** Completes a draft: its days, its services, its paper. */
export async function completeAgreement(
  client: Client,
  agreementId: string,
  days: [string, string],
): Promise<AgreementDetail> {
  const params = { agreementId };
  const { version, draft } = await client.call('agreement:read', { params });
  const services = draft.services.length > 0 ? draft.services : [{ kind: 'video' as const, priceFen: 20_000 }];
  const [fromDay, toDay] = days;
  const saved = await client.call('agreement:save', { params, body: { ...draft, services, fromDay, toDay, version } });
  await sendCopy(client, agreementId, saved.version);
  return client.call('agreement:read', { params });
}
