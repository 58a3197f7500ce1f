import type { ConsultationView } from '../../server/contract/index.ts';
import type { Client } from './client.ts';
import { signedConsent } from './signed-consent.ts';

/** Completes a draft with an invented patient and submits it to the first partner of the caller's hospital. */
export async function submitDraft(client: Client, consultationId: string): Promise<ConsultationView> {
  const [partner] = await client.call('partners:list');
  if (!partner) throw new Error('no partner to ask');
  const params = { consultationId };
  const { version } = await client.call('consultation:read', { params });
  const saved = await client.call('consultation:save', {
    params,
    body: {
      patient: {
        name: '王芳',
        sex: 'female',
        birthDate: '1949-12-31',
        idNumber: '11010519491231002X',
        phone: '13800001234',
      },
      question: '右上肺结节性质？',
      historySummary: '咳嗽两月。',
      diagnosis: [{ code: 'R91', display: '肺诊断性影像检查的异常所见' }],
      invitedFacilityId: partner.facilityId,
      wantedSpecialty: partner.specialties[0] ?? '',
      kind: 'video',
      urgency: 'routine',
      consent: signedConsent('王芳'),
      version,
    },
  });
  return client.call('consultation:submit', { params, body: { version: saved.version } });
}
