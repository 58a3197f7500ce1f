import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../server/access/caller.ts';
import { findFaults } from '../../../server/audit/verify.ts';
import type { PatientDraft } from '../../../server/contract/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { registerPatient } from '../../../server/patients/registration.ts';
import { listDuplicates, mergePatients, undoMerge } from '../../../server/register/merge-use-cases.ts';
import { readPatient } from '../../../server/register/read-use-cases.ts';
import { searchPatients } from '../../../server/register/search-use-case.ts';
import { eachDatabase } from '../../support/each-database.ts';
import { COUNTY, ELSEWHERE, makeCaller, makeConsultation, makeGrant, patient } from '../../support/make-case.ts';
import { TEST_SEAL } from '../../support/migrated.ts';
import { createRandom } from '../../support/random.ts';

const AT = new Date('2026-03-01T00:00:00.000Z');
const PATIENTS = 7;
const STEPS = 30;

/** Puts another case of the patient into the database. */
async function place(database: Database, typed: PatientDraft, seenBy: Caller, facilityId = COUNTY) {
  const consultationId = randomUUID();
  return database.write(async (stores) => {
    const of = { consultationId, facilityId, at: AT.toISOString() };
    const patientId = await registerPatient(stores, TEST_SEAL, typed, of);
    const consultation = makeConsultation({
      ...{ consultationId, caseNumber: `HZ-${consultationId}`.slice(0, 32), state: 'submitted' },
      ...{ submittedAt: AT.toISOString(), patientId, requesterFacilityId: facilityId },
    });
    await stores.consultations.insert(consultation);
    await stores.consultations.insertGrants([makeGrant(consultation, seenBy, 'requester')]);
    return { patientId, consultationId };
  });
}

/** Everything that a merge must not touch, as the database holds it. */
async function dump(database: Database): Promise<string> {
  const tables = [
    'patient ORDER BY patientId',
    'patient_identifier ORDER BY identifierId',
    'consultation ORDER BY consultationId',
  ];
  return JSON.stringify(await Promise.all(tables.map((one) => database.query(`SELECT * FROM ${one}`))));
}

const phoneOf = (index: number) => `1390000000${index}`;
const person = (index: number): PatientDraft => ({
  ...patient,
  idNumber: `2301251960022912${20 + index}`,
  phone: phoneOf(index),
});

eachDatabase('entries of the register', (open) => {
  const partsOf = (work: Database) => ({ work, seal: TEST_SEAL, clock: () => AT });
  const by = (caller: Caller) => ({ caller, requestId: 'r', at: AT });
  const merge = (database: Database, caller: Caller, keptId: string, mergedId: string, confirmed = true) =>
    mergePatients(partsOf(database), by(caller), keptId, { mergedId, reason: '同一人', confirmed });

  for (const seed of [1, 2, 3])
    it(`[PT5] are joined and parted in any order, and are in the end byte for byte what they were (seed ${seed})`, async () => {
      const database = await open();
      const doctor = makeCaller('physician');
      const random = createRandom(seed);
      /** What each entry has of its own, and what it is part of: the model. */
      const own = new Map<string, Set<string>>();
      const partOf = new Map<string, { keptId: string; mergeId: string }>();
      const index = new Map<string, number>();
      const addCase = async (at: number) => {
        const { patientId, consultationId } = await place(database, person(at), doctor);
        index.set(patientId, at);
        own.set(patientId, (own.get(patientId) ?? new Set()).add(consultationId));
      };
      for (let at = 0; at < PATIENTS; at += 1) await addCase(at);
      const ids = [...own.keys()];
      const headOf = (patientId: string): string => {
        const above = partOf.get(patientId);
        return above ? headOf(above.keptId) : patientId;
      };
      const check = async () => {
        for (const patientId of ids) {
          const members = ids.filter((one) => headOf(one) === headOf(patientId));
          const view = await readPatient(partsOf(database), by(doctor), patientId);
          assert.equal(view.patientId, headOf(patientId));
          assert.deepEqual(
            view.cases.map((one) => one.consultationId).sort(),
            members.flatMap((one) => [...(own.get(one) ?? [])]).sort(),
          );
          const found = await searchPatients(partsOf(database), by(doctor), phoneOf(index.get(patientId) ?? 0));
          assert.deepEqual(
            found.lines.map((one) => one.patientId),
            [headOf(patientId)],
          );
        }
      };
      const undoOne = async (mergedId: string) => {
        const { mergeId } = partOf.get(mergedId) ?? { mergeId: '' };
        await undoMerge(
          partsOf(database),
          by(doctor),
          random.pick(ids.filter((one) => headOf(one) === headOf(mergedId))),
          mergeId,
        );
        partOf.delete(mergedId);
      };
      for (let step = 0; step < STEPS; step += 1) {
        const before = await dump(database);
        const act = random.below(10);
        if (act < 2) await addCase(random.below(PATIENTS));
        else if (act < 5 && partOf.size > 0) await undoOne(random.pick([...partOf.keys()]));
        else {
          const [keptId, mergedId] = [random.pick(ids), random.pick(ids)];
          const isPossible = keptId !== mergedId && headOf(keptId) === keptId && headOf(mergedId) === mergedId;
          const merging = merge(database, doctor, keptId, mergedId);
          if (isPossible) {
            const { merges } = await merging;
            partOf.set(mergedId, {
              keptId,
              mergeId: (await database.read.patients.listMerges({ mergedIds: [mergedId] }))[0]?.mergeId ?? '',
            });
            assert.ok(merges.some((one) => one.mergeId === partOf.get(mergedId)?.mergeId));
          } else await assert.rejects(merging, { name: 'Failure' });
        }
        if (act >= 2) assert.equal(await dump(database), before, 'no entry, number or case is changed');
        if (step % 5 === 4) await check();
      }
      const before = await dump(database);
      while (partOf.size > 0) await undoOne(random.pick([...partOf.keys()]));
      await check();
      assert.equal(await dump(database), before);
      assert.deepEqual(
        (await database.query('SELECT * FROM patient_merge WHERE activeMergedId IS NOT NULL')) as unknown[],
        [],
      );
      const { faults } = await findFaults(database.read.audit, { acts: [], accesses: [] });
      assert.deepEqual(faults, []);
      const acts = await database.read.audit.list({ limit: 500 });
      const count = (action: string) => acts.filter((one) => one.action === action).length;
      assert.equal(count('patient:merge'), count('patient:undo-merge'), 'each is an act');
      assert.ok(count('patient:merge') > 0);
    });

  it('[PT6] are offered for merging, and not joined where they contradict each other until somebody confirms it', async () => {
    const database = await open();
    const doctor = makeCaller('physician');
    const papers = {
      document: 'none',
      absence: 'not-at-hand',
      note: '',
      phoneAbsent: true,
      estimatedAgeYears: null,
    } as const;
    const known = await place(database, patient, doctor);
    const without = await place(database, { ...patient, idNumber: '', phone: '', papers }, doctor);
    const family = await place(
      database,
      { ...person(1), name: '张小红', sex: 'female', birthDate: '1990-01-01', phone: patient.phone },
      doctor,
    );
    await place(database, { ...person(2), name: '王五', phone: phoneOf(2) }, doctor);
    await place(database, patient, { ...doctor, facilityId: ELSEWHERE }, ELSEWHERE);
    await place(database, { ...patient, idNumber: '', phone: '', papers }, makeCaller('physician'));
    const offered = await listDuplicates(partsOf(database), by(doctor), known.patientId);
    assert.deepEqual(
      new Map(offered.map((one) => [one.patientId, [one.sameNumber, one.samePerson, one.contradictions]])),
      new Map([
        [family.patientId, [true, false, ['document', 'birth-date', 'sex']]],
        [without.patientId, [false, true, []]],
      ]),
      'of one register, and of cases that one may see',
    );
    await assert.rejects(merge(database, doctor, known.patientId, family.patientId, false), {
      code: 'conflict',
      reason: 'patients-contradict',
      fields: ['document', 'birth-date', 'sex'],
    });
    const joined = await merge(database, doctor, known.patientId, without.patientId, false);
    assert.equal(joined.cases.length, 2);
    assert.ok(joined.isIdentified);
    await assert.rejects(merge(database, doctor, family.patientId, without.patientId), { reason: 'patient-merged' });
    await assert.rejects(merge(database, doctor, without.patientId, family.patientId), { reason: 'patient-merged' });
    await assert.rejects(merge(database, doctor, known.patientId, known.patientId), { code: 'invalid-message' });
    await assert.rejects(merge(database, makeCaller('physician'), known.patientId, family.patientId), {
      code: 'not-found',
    });
    assert.equal((await merge(database, doctor, known.patientId, family.patientId)).cases.length, 3);
  });

  it('[PT5] are joined once, however many join and part them at the same moment', async () => {
    const database = await open();
    const doctor = makeCaller('physician');
    const ids: string[] = [];
    for (let at = 0; at < 3; at += 1) ids.push((await place(database, person(at), doctor)).patientId);
    const [a = '', b = '', c = ''] = ids;
    const pairs = [
      [a, b],
      [b, c],
      [c, a],
      [b, a],
      [c, b],
      [a, c],
    ] as const;
    const results = await Promise.allSettled(pairs.map(([kept, merged]) => merge(database, doctor, kept, merged)));
    const done = results.filter(({ status }) => status === 'fulfilled').length;
    assert.ok(done >= 1 && done <= 2, `three entries are joined by two merges at most: ${done}`);
    const heads = new Set<string>();
    for (const id of ids) heads.add((await readPatient(partsOf(database), by(doctor), id)).patientId);
    assert.equal(heads.size, 3 - done, 'and never in a circle');
    const [standing] = await database.read.patients.listMerges({ keptIds: ids });
    assert.ok(standing);
    const parted = await Promise.allSettled(
      [1, 2, 3].map(() => undoMerge(partsOf(database), by(doctor), standing.keptId, standing.mergeId)),
    );
    assert.equal(parted.filter(({ status }) => status === 'fulfilled').length, 1);
  });
});
