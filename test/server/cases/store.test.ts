import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../server/access/caller.ts';
import { findFaults } from '../../../server/audit/verify.ts';
import { startCall } from '../../../server/call/use-cases.ts';
import { acceptConsultation } from '../../../server/cases/answer-use-cases.ts';
import type { Consultation } from '../../../server/cases/consultation.ts';
import { createConsultation, saveConsultation, submitConsultation } from '../../../server/cases/draft-use-cases.ts';
import { caseConsents } from '../../../server/consents/case-consents.ts';
import { type CallView, type ConsultationView, Failure } from '../../../server/contract/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { registerPatient } from '../../../server/patients/registration.ts';
import { createLog } from '../../../server/runtime/log.ts';
import { completeDraft } from '../../support/case-journey.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { makeCaller, makeConsultation, makeGrant, PROVINCE, patient, seal } from '../../support/make-case.ts';

const at = new Date('2026-01-03T00:00:00.000Z');
const silent = {
  toAccounts: () => undefined,
  toAppointments: () => undefined,
  toCase: () => undefined,
  toCaseVolatile: () => undefined,
  leaveCase: () => undefined,
  toDemonstration: () => undefined,
  toShowing: () => undefined,
  toShowingVolatile: () => undefined,
  toShowers: () => undefined,
  leaveShowers: () => undefined,
  leaveDemonstration: () => undefined,
};

eachDatabase('cases', (open) => {
  const stored = async (
    changes: Partial<Consultation> = {},
  ): Promise<{ database: Database; consultation: Consultation }> => {
    const database = await open();
    const consultation = makeConsultation(changes);
    await database.write((stores) => stores.consultations.insert(consultation));
    return { database, consultation };
  };

  it('come back as they were written, Chinese, empty and missing fields too', async () => {
    const { database, consultation } = await stored({
      consent: null,
      historySummary: '𠮷野家，“咳嗽”\n两月'.repeat(1500),
      reason: '',
    });
    assert.deepEqual(await database.read.consultations.find(consultation.consultationId), consultation);
    assert.equal(await database.read.consultations.find(randomUUID()), undefined);
  });

  it('[CO3] are written where they are still at the version that was read, once', async () => {
    const { database, consultation } = await stored();
    const write = (question: string) =>
      database.write((stores) =>
        stores.consultations.replace(
          { ...consultation, question, version: consultation.version + 1 },
          consultation.version,
        ),
      );
    const results = await Promise.all(['one', 'two', 'three'].map(write));
    assert.deepEqual(results.toSorted(), [false, false, true]);
    const now = await database.read.consultations.find(consultation.consultationId);
    assert.equal(now?.question, ['one', 'two', 'three'][results.indexOf(true)]);
  });

  it('[CO1] are numbered without a gap and without a double, however many ask at once and whatever is rolled back', async () => {
    const database = await open();
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) =>
        database.write(async (stores) => {
          const number = await stores.consultations.nextCaseSequence('230125/20260103');
          if (index % 7 === 3) throw new Error('the rest of the work failed');
          return number;
        }),
      ),
    );
    const given = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    assert.deepEqual(
      given.toSorted((a, b) => a - b),
      given.map((_, index) => index + 1),
    );
    assert.equal(await database.write((stores) => stores.consultations.nextCaseSequence('230125/20260104')), 1);
  });

  it('are listed for whoever has an active grant, the latest changed first', async () => {
    const database = await open();
    const person = makeCaller('specialist', PROVINCE);
    const cases = ['01', '02', '03', '04'].map((day) =>
      makeConsultation({
        changedAt: `2026-01-${day}T00:00:00.000Z`,
        state: day === '02' ? 'issued' : 'submitted',
        caseNumber: `HZ-${day}`,
      }),
    );
    const [one, two, three, four] = cases;
    assert.ok(one && two && three && four);
    await database.write(async (stores) => {
      for (const consultation of cases) await stores.consultations.insert(consultation);
      await stores.consultations.insertGrants([
        makeGrant(one, person, 'duty-pool'),
        makeGrant(one, person, 'assignment'),
        makeGrant(two, person, 'invitation'),
        makeGrant(three, person, 'duty-pool', '2026-01-02T12:00:00.000Z'),
        makeGrant(four, makeCaller('specialist', PROVINCE), 'duty-pool'),
      ]);
    });
    const list = async (options: object) =>
      (await database.read.consultations.listByAccount(person.accountId, { at, limit: 10, ...options })).map(
        (consultation) => consultation.caseNumber,
      );
    assert.deepEqual(await list({}), ['HZ-02', 'HZ-01']);
    assert.deepEqual(await list({ state: 'issued' }), ['HZ-02']);
    assert.deepEqual(await list({ limit: 1 }), ['HZ-02']);
    assert.deepEqual(await list({ at: new Date('2026-01-02T06:00:00.000Z') }), ['HZ-03', 'HZ-02', 'HZ-01']);
  });

  it('have grants that are ended, never deleted, and ended once', async () => {
    const { database, consultation } = await stored();
    const person = makeCaller('specialist', PROVINCE);
    const grant = makeGrant(consultation, person, 'duty-pool');
    await database.write((stores) => stores.consultations.insertGrants([grant]));
    for (const endedAt of ['2026-01-03T00:00:00.000Z', '2026-01-04T00:00:00.000Z'])
      await database.write((stores) => stores.consultations.endGrants([grant.grantId], { at: endedAt, endedAt }));
    assert.deepEqual(await database.read.consultations.listGrants(consultation.consultationId), [
      { ...grant, endedAt: '2026-01-03T00:00:00.000Z' },
    ]);
    assert.deepEqual(await database.read.consultations.listGrantsOfAccount(person.accountId, []), []);
  });

  it('know a patient again by the blind index, also when two cases are submitted at once', async () => {
    const database = await open();
    const register = (facilityId: string) =>
      database.write((stores) =>
        registerPatient(stores, seal, patient, { consultationId: randomUUID(), facilityId, at: at.toISOString() }),
      );
    const same = await Promise.all([register('one'), register('one'), register('one')]);
    assert.equal(new Set(same).size, 1);
    assert.notEqual(await register('another'), same[0]);
  });

  it('[CA1] have one active call, and then another', async () => {
    const { database, consultation } = await stored();
    const { consultationId } = consultation;
    const call = () => ({
      callId: randomUUID(),
      consultationId,
      startedAt: at.toISOString(),
      startedBy: randomUUID(),
      endedAt: null,
    });
    const first = call();
    await database.write((stores) => stores.calls.insertActive(first));
    await assert.rejects(database.write((stores) => stores.calls.insertActive(call())));
    assert.deepEqual(await database.read.calls.findActive(consultationId), first);
    await database.write((stores) => stores.calls.end(first.callId, at.toISOString()));
    assert.equal(await database.read.calls.findActive(consultationId), undefined);
    await database.write((stores) => stores.calls.insertActive(call()));
    assert.equal((await database.read.calls.listActive([consultationId])).length, 1);
    const person = randomUUID();
    assert.equal(await database.read.calls.isRingStopped(first.callId, person), false);
    for (let twice = 0; twice < 2; twice += 1)
      await database.write((stores) => stores.calls.stopRing(first.callId, person, at.toISOString()));
    assert.equal(await database.read.calls.isRingStopped(first.callId, person), true);
  });
});

eachDatabase('two people at once', (open) => {
  const facilities = [demoFacilities.county, demoFacilities.province];

  async function world() {
    const database = await open();
    const doctor = makeCaller('physician', demoFacilities.county.facilityId);
    const specialists = [1, 2, 3].map(() => makeCaller('specialist', demoFacilities.province.facilityId));
    await database.write(async (stores) => {
      for (const facility of facilities)
        await stores.facilities.insert({ ...facility, specialties: [...facility.specialties] });
      await stores.facilities.insertAgreement({
        agreementId: randomUUID(),
        invitingFacilityId: demoFacilities.county.facilityId,
        invitedFacilityId: demoFacilities.province.facilityId,
        validFrom: '2025-01-01T00:00:00.000Z',
        validTo: '2027-01-01T00:00:00.000Z',
      });
      for (const { accountId, name, role, facilityId } of [doctor, ...specialists])
        await stores.accounts.insert({
          accountId,
          login: accountId,
          name,
          title: '医师',
          role,
          specialty: null,
          facilityId,
          isActive: true,
          passwordHash: '',
        });
    });
    const parts = {
      work: database,
      clock: () => at,
      notify: silent,
      log: createLog('silent', 'test'),
      seal,
      materials: { list: async () => [] },
      consents: caseConsents,
      caseAccessMs: 30 * 86_400_000,
      sfu: {
        endRoom: async () => undefined,
        removePerson: async () => undefined,
        readiness: () => ({ state: 'ready' as const }),
      },
      mintRoomToken: () => '',
      placeIn: async () => ({ sfuUrl: '' }),
      turn: undefined,
    };
    const asked = (caller: Caller) => ({ caller, requestId: randomUUID(), at });
    const submit = async (): Promise<ConsultationView> => {
      const { consultationId, version } = await createConsultation(parts, asked(doctor));
      const saved = await saveConsultation(parts, asked(doctor), consultationId, { ...completeDraft, version });
      return submitConsultation(parts, asked(doctor), consultationId, saved.version);
    };
    return { database, doctor, specialists, parts, asked, submit };
  }

  it('[CO7] who accept: one wins, the others learn that, and the audit chain has one acceptance', async () => {
    const { database, specialists, parts, asked, submit } = await world();
    for (let round = 0; round < 8; round += 1) {
      const { consultationId, version } = await submit();
      const results = await Promise.allSettled(
        specialists.map((specialist) => acceptConsultation(parts, asked(specialist), consultationId, { version })),
      );
      const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      assert.equal(lost.length, 2);
      for (const reason of lost)
        assert.ok(reason instanceof Failure && reason.reason === 'already-accepted', String(reason));
      const entries = await database.read.audit.list({ limit: 10, consultationId });
      assert.equal(entries.filter((entry) => entry.action === 'consultation:accept').length, 1);
      const grants = await database.read.consultations.listGrants(consultationId);
      assert.deepEqual(
        grants
          .filter((grant) => grant.endedAt === null)
          .map((grant) => grant.basis)
          .sort(),
        ['assignment', 'requester'],
      );
    }
    assert.deepEqual((await findFaults(database.read.audit)).faults, []);
  });

  it('[CA1] who start the call: it is one call', async () => {
    const { doctor, specialists, parts, asked, submit } = await world();
    const [specialist] = specialists;
    assert.ok(specialist);
    for (let round = 0; round < 5; round += 1) {
      const { consultationId, version } = await submit();
      await acceptConsultation(parts, asked(specialist), consultationId, { version });
      const calls: CallView[] = await Promise.all(
        [doctor, specialist, doctor].map((caller) => startCall(parts, asked(caller), consultationId)),
      );
      assert.equal(new Set(calls.map((call) => call.callId)).size, 1);
    }
  });
});
