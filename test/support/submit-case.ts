import type { ConsultationView } from '../../server/contract/index.ts';
import type { Client } from './client.ts';
import { signedConsent } from './signed-consent.ts';

/** A complete application without images, sent by a county physician to the first partner. */
export async function submitCase(
  physician: Client,
  change: { patientName?: string; urgency?: 'emergency' | 'urgent' | 'routine' } = {},
): Promise<ConsultationView> {
  const [partner] = await physician.call('partners:list');
  if (!partner) throw new Error('no partner to send a case to');
  const { consultationId, version } = await physician.call('consultation:create');
  const params = { consultationId };
  const saved = await physician.call('consultation:save', {
    params,
    body: {
      version,
      patient: {
        name: change.patientName ?? '张桂兰',
        sex: 'female',
        birthDate: '1949-12-31',
        // The example of GB 11643-1999 itself.
        idNumber: '11010519491231002X',
        phone: '13812345678',
      },
      question: '右肺上叶占位，性质待定，是否需要穿刺活检？',
      historySummary: '咳嗽、痰中带血两月余，抗炎治疗无效。',
      diagnosis: [{ code: 'R91.x00', display: '肺占位性病变' }],
      invitedFacilityId: partner.facilityId,
      wantedSpecialty: partner.specialties[0] ?? '放射科',
      kind: 'video',
      urgency: change.urgency ?? 'urgent',
      consent: signedConsent('张桂兰'),
    },
  });
  return physician.call('consultation:submit', { params, body: { version: saved.version } });
}
