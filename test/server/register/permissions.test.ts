import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Role } from '../../../server/contract/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { enterPerson } from '../../support/add-person.ts';
import { addStranger } from '../../support/add-stranger.ts';
import { acceptCase, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { patient } from '../../support/make-case.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

/** What each answers: whether the search finds the patient (or its status), then the statuses of the patient's own routes. */
type Answers = [
  ...[found: boolean | 403, read: number, identity: number, ledger: number, duplicates: number],
  ...[add: number, merge: number, undo: number, consents: number],
];
const NOTHING: Answers = [false, 404, 404, 404, 404, 404, 404, 404, 404];
const NO_CLINICIAN: Answers = [403, 404, 404, 404, 404, 404, 404, 404, 404];

describe('the register of patients', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let patientId: string;
  let consultationId: string;
  const people = new Map<string, [Client, Answers]>();

  before(async () => {
    server = await startServer();
    const { county, province } = demoFacilities;
    const doctor = await server.signIn('county-doctor');
    const specialist = await server.signIn('specialist');
    const accepted = await acceptCase(doctor, specialist);
    ({ consultationId } = accepted);
    patientId = accepted.patient.patientId ?? '';
    const enter = async (role: Role, facilityId: string) => (await enterPerson(server, role, facilityId)).client;
    people.set('the requester', [doctor, [true, 200, 200, 200, 200, 400, 400, 404, 200]]);
    people.set('the specialist', [specialist, [true, 200, 200, 403, 403, 403, 403, 403, 403]]);
    people.set('the coordinator at home', [
      await server.signIn('county-coordinator'),
      [true, 200, 200, 200, 200, 400, 400, 404, 200],
    ]);
    people.set('the coordinator of the invited hospital', [
      await server.signIn('coordinator'),
      [true, 200, 200, 403, 403, 403, 403, 403, 403],
    ]);
    const surgeon = await server.signIn('surgeon');
    const { accountId } = (await surgeon.call('session:read')).person;
    await doctor.call('consultation:invite', { params: { consultationId }, body: { accountId } });
    people.set('a surgeon who was invited', [surgeon, [true, 200, 403, 403, 403, 403, 403, 403, 403]]);
    people.set('a specialist who was in the duty pool', [await server.signIn('specialist-2'), NOTHING]);
    people.set('a physician of another hospital', [await addStranger(server), NOTHING]);
    for (const [where, facilityId] of [
      ['at home', county.facilityId],
      ['at the invited hospital', province.facilityId],
    ] as const) {
      for (const role of ['physician', 'specialist', 'surgeon', 'coordinator'] as const)
        people.set(`another ${role} ${where}`, [await enter(role, facilityId), NOTHING]);
      for (const role of ['trainee', 'facility-admin', 'admin', 'auditor'] as const)
        people.set(`${role} ${where}`, [await enter(role, facilityId), NO_CLINICIAN]);
    }
  });
  after(() => server?.close());

  it('[PT2] shows a patient to whoever may see a case of theirs now, in every role, at home and elsewhere, and to nobody else', async () => {
    const wrong: string[] = [];
    for (const [who, [client, expected]] of people) {
      const params = { patientId };
      const searched = await client.ask('patients:search', { body: { search: patient.idNumber } });
      const lines = (searched.body as { lines?: { patientId: string }[] }).lines ?? [];
      const finds = searched.status === 403 ? 403 : lines.some((one) => one.patientId === patientId);
      const answers = [
        finds,
        (await client.ask('patient:read', { params })).status,
        (await client.ask('patient:identity', { params })).status,
        (await client.ask('patient:accesses', { params })).status,
        (await client.ask('patient:duplicates', { params })).status,
        // No number of that kind: whoever may add one is told so.
        (await client.ask('patient:add-identifier', { params, body: { kind: 'phone', number: '1' } })).status,
        // With itself, and of no merge: whoever may is told so.
        (await client.ask('patient:merge', { params, body: { mergedId: patientId, reason: '同一人' } })).status,
        (await client.ask('patient:undo-merge', { params: { patientId, mergeId: randomUUID() } })).status,
        (await client.ask('patient:consents', { params })).status,
      ];
      if (String(answers) !== String(expected)) wrong.push(`${who}: ${answers}`);
    }
    assert.deepEqual(wrong, []);
    for (const [client] of people.values())
      for (const name of ['patient:read', 'patient:identity', 'patient:accesses', 'patient:duplicates'] as const)
        assert.equal((await client.ask(name, { params: { patientId: randomUUID() } })).status, 404);
  });

  it('[PT2] masks what it shows, opens it for whoever may reveal it, and writes down both, with the ground', async () => {
    const [doctor] = people.get('the requester') ?? [];
    assert.ok(doctor);
    const params = { patientId };
    const { audit } = server.database.read;
    const before = (await audit.accessHead()).sequence;
    const view = await doctor.call('patient:read', { params });
    assert.ok(!JSON.stringify(view).includes(patient.idNumber) && !JSON.stringify(view).includes(patient.phone));
    assert.ok(!JSON.stringify(view).includes(patient.name));
    assert.deepEqual(view.actions, ['reveal', 'read-ledger', 'merge', 'add-identifier']);
    assert.deepEqual(
      view.cases.map((one) => one.consultationId),
      [consultationId],
    );
    const identity = await doctor.call('patient:identity', { params });
    assert.deepEqual(identity, {
      name: patient.name,
      birthDate: patient.birthDate,
      identifiers: [
        { kind: 'id-card', number: patient.idNumber },
        { kind: 'phone', number: patient.phone },
      ],
      guardian: null,
    });
    const rows = (await audit.listAccesses({ limit: 10 })).filter(({ position }) => position > before);
    assert.deepEqual(
      rows.map(({ subjectKind, subjectId, basis }) => [subjectKind, subjectId, basis]),
      [
        ['patient', patientId, 'requester'],
        ['patient-entry', patientId, 'requester'],
      ],
    );
  });

  it('[PT1] shows of a patient’s cases those that the reader may open, and no others', async () => {
    const [doctor] = people.get('the requester') ?? [];
    const [specialist] = people.get('the specialist') ?? [];
    assert.ok(doctor && specialist);
    // Nobody of the other hospital has taken it: the specialist sees it as one of the duty pool.
    const second = await submitCase(doctor, { question: '术前评估？' });
    assert.equal(second.patient.patientId, patientId, 'the register knows the patient again');
    const seen = async (client: Client) =>
      (await client.call('patient:read', { params: { patientId } })).cases.map((one) => one.consultationId).sort();
    assert.deepEqual(await seen(doctor), [consultationId, second.consultationId].sort());
    assert.deepEqual(await seen(specialist), [consultationId, second.consultationId].sort());
    const body = { version: second.version, reason: '重复' };
    await doctor.call('consultation:cancel', { params: { consultationId: second.consultationId }, body });
    assert.deepEqual(await seen(specialist), [consultationId], 'what was cancelled is theirs no more');
    const { lines } = await specialist.call('patients:search', { body: { search: 'zhangjianguo' } });
    assert.deepEqual(
      lines.map(({ label, caseCount, facilityName }) => [label, caseCount, facilityName]),
      [['张*国', 1, demoFacilities.county.name]],
    );
  });
});
