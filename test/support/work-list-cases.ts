import type { Caller } from '../../server/access/caller.ts';
import type { Consultation } from '../../server/cases/consultation.ts';
import { ConsultationState, Urgency } from '../../server/contract/index.ts';
import type { Database } from '../../server/database/database.ts';
import { demoFacilities } from '../../server/demo/network.ts';
import { COUNTY, makeConsultation, makeGrant, PROVINCE } from './make-case.ts';

const AMENDMENT = { kind: 'corrected', reason: '左右有误' } as const;

/** Cases in every state and urgency, many made in the same millisecond, each seen by the three in their way. */
export async function seedWorkList(
  database: Database,
  { doctor, specialist, coordinator }: Record<'doctor' | 'specialist' | 'coordinator', Caller>,
  random: () => number,
  count = 200,
): Promise<Consultation[]> {
  const cases = Array.from({ length: count }, (_, index) => {
    const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
    const instant = `2026-01-${day}T0${Math.floor(random() * 3)}:00:00.000Z`;
    const state = ConsultationState.options[index % ConsultationState.options.length] ?? 'draft';
    const made = makeConsultation({
      state,
      caseNumber: `HZ-T-${String(index).padStart(4, '0')}`,
      urgency: Urgency.options[index % 4] ?? null,
      createdAt: instant,
      submittedAt: state === 'draft' ? null : instant,
      changedAt: instant,
      issuedAt: state === 'issued' || state === 'acknowledged' ? instant : null,
      amendment: state === 'acknowledged' && index % 2 === 1 ? AMENDMENT : null,
      requesterId: doctor.accountId,
      requesterFacilityId: COUNTY,
      diagnosis: [{ code: 'J18.9', display: index % 10 === 0 ? '社区获得性肺炎100%' : '高血压' }],
    });
    return { ...made, patient: { ...made.patient, name: index % 50 === 7 ? '欧阳小红' : '王建国' } };
  });
  await database.write(async (stores) => {
    await stores.facilities.insert({ ...demoFacilities.county, facilityId: COUNTY, specialties: [] });
    await stores.facilities.insert({ ...demoFacilities.province, facilityId: PROVINCE, specialties: [] });
    for (const [index, one] of cases.entries()) {
      await stores.consultations.insert(one);
      const isTaken = !['draft', 'submitted', 'declined'].includes(one.state);
      await stores.consultations.insertGrants([
        makeGrant(one, doctor, 'requester'),
        ...(one.state === 'draft' ? [] : [makeGrant(one, coordinator, 'coordination')]),
        ...(one.state === 'draft' || index % 2 === 0
          ? []
          : [makeGrant(one, specialist, isTaken ? 'assignment' : 'duty-pool')]),
      ]);
    }
  });
  return cases;
}
/** As many grants as a large hospital's coordinator has, all on one case that they see already. */
export async function addGrants(database: Database, caller: Caller, consultationId = ''): Promise<void> {
  const rows = Array.from({ length: 13_000 }, () => {
    const basis = caller.role === 'physician' ? 'requester' : 'coordination';
    const { grantId, accountId, facilityId, fromAt } = makeGrant(makeConsultation(), caller, basis);
    return `('${grantId}','${consultationId}','${accountId}','${facilityId}','${basis}','${fromAt}')`;
  });
  await database.query(
    `INSERT INTO consultation_grant (grantId, consultationId, accountId, facilityId, basis, fromAt) VALUES ${rows.join(',')}`,
  );
}
