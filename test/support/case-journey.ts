import type { ConsultationDraft, ConsultationView } from '../../server/contract/index.ts';
import { demoFacilities } from '../../server/demo/network.ts';
import type { Client } from './client.ts';
import { patient } from './make-case.ts';
import { signedConsent } from './signed-consent.ts';

export const completeDraft = {
  patient,
  question: '右肺下叶结节性质？',
  historySummary: '咳嗽两月，无发热。',
  diagnosis: [{ code: 'R91', display: '肺结节' }],
  invitedFacilityId: demoFacilities.province.facilityId,
  wantedSpecialty: '放射科',
  kind: 'video' as 'video' | 'written',
  urgency: 'routine' as const,
  consent: signedConsent('张建国'),
};

/** A complete draft of this physician. */
export async function draftCase(
  requester: Client,
  changes: Partial<ConsultationDraft> = {},
): Promise<ConsultationView> {
  const { consultationId, version } = await requester.call('consultation:create');
  const body = { ...completeDraft, ...changes, version };
  return requester.call('consultation:save', { params: { consultationId }, body });
}

export async function submitCase(
  requester: Client,
  changes: Partial<ConsultationDraft> = {},
): Promise<ConsultationView> {
  const { consultationId, version } = await draftCase(requester, changes);
  return requester.call('consultation:submit', { params: { consultationId }, body: { version } });
}

export async function acceptCase(
  requester: Client,
  specialist: Client,
  changes: Partial<ConsultationDraft> = {},
): Promise<ConsultationView> {
  const { consultationId, version } = await submitCase(requester, changes);
  return specialist.call('consultation:accept', { params: { consultationId }, body: { version } });
}

/** A case to be answered in writing: its opinion may be written and signed. */
export function acceptWritten(requester: Client, specialist: Client): Promise<ConsultationView> {
  return acceptCase(requester, specialist, { kind: 'written' });
}

/** Up to the call, which is on; nobody is in the room yet. */
export async function meetCase(requester: Client, specialist: Client): Promise<ConsultationView> {
  const { consultationId } = await acceptCase(requester, specialist);
  await specialist.call('call:start', { params: { consultationId } });
  return specialist.call('consultation:read', { params: { consultationId } });
}
