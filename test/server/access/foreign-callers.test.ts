import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type RequestName, type RouteName, requests, routes } from '../../../server/contract/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addPerson } from '../../support/add-person.ts';
import { addStranger } from '../../support/add-stranger.ts';
import { meetCase } from '../../support/case-journey.ts';
import { type Client, createClient } from '../../support/client.ts';
import { connect } from '../../support/connect.ts';
import { readData } from '../../support/data.ts';
import { facilityDraft } from '../../support/facility-world.ts';
import { CT_SERIES, listData, uploadFile } from '../../support/images.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { APPOINTMENT, BODIES, OWN, QUERIES, SHA256 } from './route-bodies.ts';

describe('whoever has no business with a case', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let consultationId: string;
  let patientId: string;
  let instancePath: string;
  /** Signed in, and no part of the case. */
  const foreign: Record<string, Client> = {};
  /** Nobody, by now. */
  const gone: Record<string, Client> = {};

  before(async () => {
    server = await startServer();
    const doctor = await server.signIn('county-doctor');
    ({ consultationId } = await meetCase(doctor, await server.signIn('specialist')));
    patientId = (await doctor.call('consultation:read', { params: { consultationId } })).patient.patientId ?? '';
    const [first = ''] = await listData(CT_SERIES);
    assert.equal((await uploadFile(doctor, consultationId, await readData(first)))?.status, 200);
    const [found] = (await (
      await doctor.fetch(`/dicomweb/consultations/${consultationId}/instances`)
    ).json()) as Record<string, { Value: string[] }>[];
    const uid = (tag: string) => found?.[tag]?.Value[0] ?? '';
    instancePath = `/studies/${uid('0020000D')}/series/${uid('0020000E')}/instances/${uid('00080018')}`;

    foreign['a physician of another hospital'] = await addStranger(server);
    // In the duty pool until a colleague accepted.
    for (const account of ['specialist-2', 'surgeon', 'trainee', 'admin', 'security-admin', 'auditor'])
      foreign[account] = await server.signIn(account);

    gone['nobody'] = createClient(server.url, '');
    gone['a stranger’s invention'] = createClient(server.url, 'huizhen=abcdefghijklmnopqrstuvwxyz0123456789');
    gone['an ended session of the requester'] = await server.signIn('county-doctor');
    await gone['an ended session of the requester'].call('session:close');
    const closed = await addStranger(server);
    const { accountId } = (await closed.call('session:read')).person;
    await server.database.query(`UPDATE account SET isActive = 0 WHERE accountId = '${accountId}'`);
    gone['a closed account'] = closed;
  });
  after(() => server?.close());

  const aboutCases = () => (Object.keys(routes) as RouteName[]).filter((name) => routes[name].path.includes(':'));
  const params = () => ({
    consultationId,
    materialId: randomUUID(),
    slideId: SHA256,
    documentId: SHA256,
    accountId: randomUUID(),
    appointmentId: randomUUID(),
    facilityId: randomUUID(),
    agreementId: randomUUID(),
    allianceId: randomUUID(),
    patientId,
    mergeId: randomUUID(),
    sessionId: randomUUID(),
    importId: randomUUID(),
    keyId: randomUUID(),
    proposalId: randomUUID(),
    machineId: randomUUID(),
    demonstrationId: randomUUID(),
    questionId: randomUUID(),
    handId: randomUUID(),
    pollId: randomUUID(),
    messageId: randomUUID(),
    checkId: randomUUID(),
    cameraId: randomUUID(),
  });
  /** Everything that answers with bytes. */
  const binaryPaths = () => [
    `/dicomweb/consultations/${consultationId}/studies`,
    ...['', '/metadata', '/frames/1', '/rendered', '/bulkdata/7FE00010'].map(
      (end) => `/dicomweb/consultations/${consultationId}${instancePath}${end}`,
    ),
    `/api/consultations/${consultationId}/key-images/${SHA256}`,
    `/api/consultations/${consultationId}/consent-evidence/${SHA256}`,
    `/api/consultations/${consultationId}/ecgs/${SHA256}`,
    `/api/consultations/${consultationId}/slides/${SHA256}/0123456789abcdef/thumbnail`,
    `/api/uploads/${randomUUID()}`,
    `/api/agreements/${randomUUID()}/signed-copy`,
    `/api/people/${randomUUID()}/photo`,
    `/api/demonstrations/${randomUUID()}/attendance.csv`,
    `/api/demonstrations/${randomUUID()}/documents/${SHA256}`,
    `/api/demonstrations/${randomUUID()}/ecgs/${SHA256}`,
    `/api/demonstrations/${randomUUID()}/slides/${SHA256}/0123456789abcdef/thumbnail`,
    ...['/metadata', '/rendered', '/frames/1'].map(
      (end) => `/dicomweb/demonstrations/${randomUUID()}${instancePath}${end}`,
    ),
  ];

  it('[CO2] learns nothing by any route: not-found to people, unauthenticated to nobody', async () => {
    const wrong: string[] = [];
    for (const name of aboutCases()) {
      const input = { params: params(), body: BODIES[name] ?? {}, query: QUERIES[name] ?? {} };
      for (const [who, client] of Object.entries(foreign)) {
        const { status } = await client.ask(name, input);
        // Whoever was in the duty pool is told that a colleague was faster.
        const isTold = name === 'consultation:accept' && who === 'specialist-2' && status === 409;
        if (status !== 404 && !isTold) wrong.push(`${name} as ${who}: ${status}`);
      }
      for (const [who, client] of Object.entries(gone)) {
        const { status } = await client.ask(name, input);
        if (status !== 401) wrong.push(`${name} as ${who}: ${status}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('[CO2] gets no bytes either', async () => {
    const wrong: string[] = [];
    for (const path of binaryPaths()) {
      for (const [who, client] of Object.entries(foreign)) {
        const { status } = await client.fetch(path);
        if (status !== 404) wrong.push(`${path} as ${who}: ${status}`);
      }
      for (const [who, client] of Object.entries(gone)) {
        const { status } = await client.fetch(path);
        if (status !== 401) wrong.push(`${path} as ${who}: ${status}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('is not let into what belongs to a role: lists, new cases, the audit trail', async () => {
    const clinicians = ['a physician of another hospital', 'specialist-2', 'surgeon'];
    const administrators = ['admin'];
    const newcomer = { login: 'newcomer', name: '某人', title: '', role: 'trainee', specialty: null };
    const { facilityId: hubId } = demoFacilities.county;
    const appointed = { login: (await addPerson(server.database, 'physician')).login, name: '钱一', facilityId: hubId };
    const bodies: Partial<Record<RouteName, object>> = {
      'audit:export': { trail: 'acts' },
      'proposal:make': { subject: 'passwords', version: 0, value: { minLength: 12, attempts: 5 }, reason: '加强' },
      'notices:read': {},
      'patients:search': { search: '张' },
      'facility:create': { ...facilityDraft(), parentId: hubId },
      'agreement:create': { invitingFacilityId: hubId, invitedFacilityId: demoFacilities.province.facilityId },
      'machine:make': { facilityId: hubId, name: '网关', scopes: ['archive:write'], days: 1 },
      'alliance:create': { hubId, name: '联盟', kind: 'medical-community', fromDay: '2027-01-01' },
      'person:invite': { ...newcomer, facilityId: demoFacilities.county.facilityId },
      'appointment:add': { ...APPOINTMENT, ...appointed },
    };
    const allowed: Partial<Record<RouteName, string[]>> = {
      'consultations:list': clinicians,
      'work-list:read': clinicians,
      'work-list:count': clinicians,
      'work-list:desk': clinicians,
      'patients:search': clinicians,
      'notices:list': [...clinicians, 'trainee', ...administrators, 'security-admin', 'auditor'],
      'notices:read': [...clinicians, 'trainee', ...administrators, 'security-admin', 'auditor'],
      'facilities:list': administrators,
      'facilities:search': administrators,
      'facility:create': administrators,
      'agreements:list': administrators,
      'agreement:create': administrators,
      'alliances:list': administrators,
      'machines:list': administrators,
      'machine:make': administrators,
      'alliance:create': administrators,
      'audit:export': ['auditor'],
      'consultation:create': ['a physician of another hospital'],
      'account-security:list': ['security-admin'],
      'administration-acts:list': ['security-admin'],
      'audit:list': ['auditor'],
      'audit:accesses': ['auditor'],
      'audit:verify': ['auditor'],
      'people:list': ['admin'],
      'people:choices': ['admin'],
      'person:invite': ['admin'],
      'appointment:add': ['admin'],
      'policies:read': ['admin', 'security-admin', 'auditor'],
      'proposals:list': ['admin', 'security-admin', 'auditor'],
      // The security administrator after the system administrator: theirs is open already.
      'proposal:make': ['admin'],
      // The demonstration's own administrator, whose password is public, is none of those who may end it.
      'demo-network:end': [],
      'demonstrations:list': [...clinicians, 'trainee'],
      'demonstration-choices:search': ['surgeon'],
      'demonstration:create': ['surgeon'],
    };
    const others = (Object.keys(routes) as RouteName[]).filter(
      (name) => !routes[name].path.includes(':') && !OWN.includes(name),
    );
    for (const name of others) {
      const may = allowed[name];
      assert.ok(may, `${name}: nobody has said for whom it is`);
      for (const [who, client] of Object.entries(foreign)) {
        const { status } = await client.ask(name, { body: bodies[name], query: QUERIES[name] ?? {} });
        assert.equal(status < 300, may.includes(who), `${name} as ${who}: ${status}`);
      }
      for (const [who, client] of Object.entries(gone))
        assert.equal((await client.ask(name)).status, 401, `${name} as ${who}`);
    }
  });

  it('[CO2] learns nothing over the socket: no message about the case is answered, and none is told', async () => {
    const point = { x: 1, y: 1 };
    const target = {
      kind: 'imaging',
      studyInstanceUid: '1.2.3',
      seriesInstanceUid: '1.2.3.4',
      sopInstanceUid: '1.2.3.4.5',
      frame: 1,
    };
    const viewport = {
      kind: 'imaging',
      target,
      center: point,
      imagePixelsPerScreenHeight: 512,
      rotation: 0,
      flipHorizontal: false,
      flipVertical: false,
      voi: null,
      invert: false,
    };
    const shape = { kind: 'arrow', tail: point, head: point, text: '' };
    const ids = { annotationId: randomUUID(), actId: randomUUID() };
    const track = { accountId: randomUUID(), source: 'field', label: null };
    const stroke = { strokeId: randomUUID(), track, shape: 'stroke', from: 0, points: [{ x: 0.5, y: 0.5 }] };
    const more: Partial<Record<string, object>> = {
      'review:open': { sinceRevision: 0 },
      'presenter:answer': { accountId: randomUUID(), grant: true },
      'viewport:move': { viewport },
      'pointer:move': { target, point },
      'quality:report': { quality: { target, state: 'full', loadedFrames: 1, totalFrames: 1 } },
      'annotation:put': { ...ids, target, shape },
      'annotation:delete': ids,
      'chat:post': { messageId: randomUUID(), text: '你好' },
      'chat:since': { afterSequence: 0 },
      'demonstration:enter': { demonstrationId: randomUUID() },
      'demonstration:leave': { demonstrationId: randomUUID() },
      'showing:open': { demonstrationId: randomUUID(), sinceRevision: 0 },
      'showing:close': { demonstrationId: randomUUID() },
      'showing:present': { demonstrationId: randomUUID() },
      'showing:stop': { demonstrationId: randomUUID() },
      'showing:move': { demonstrationId: randomUUID(), viewport },
      'showing:point': { demonstrationId: randomUUID(), target, point },
      'showing:mark': { ...ids, demonstrationId: randomUUID(), mark: { target, shape } },
      'field:draw': { demonstrationId: randomUUID(), ...stroke },
      'field:clear': { demonstrationId: randomUUID() },
      'showing:step': { ...ids, demonstrationId: randomUUID(), direction: 'undo' },
    };
    // Answered and without any effect for whoever is not in the review: latest wins, and nobody waits for an answer.
    const ignored: RequestName[] = [
      'viewport:move',
      'pointer:move',
      'quality:report',
      'review:close',
      'demonstration:leave',
      'showing:close',
      'showing:move',
    ];
    for (const [who, client] of Object.entries(foreign)) {
      const window = await connect(server.url, client.cookie);
      const told: string[] = [];
      window.socket.onAny((name: string) => told.push(name));
      try {
        for (const name of Object.keys(requests) as RequestName[]) {
          const answer = await window.ask(name, { consultationId, ...(more[name] ?? ids) });
          if (answer.ok) assert.ok(ignored.includes(name), `${name} as ${who}`);
          else
            assert.ok(
              ['not-found', 'forbidden'].includes(answer.failure.code),
              `${name} as ${who}: ${answer.failure.code}`,
            );
        }
        assert.deepEqual(told, [], who);
      } finally {
        window.close();
      }
    }
    for (const [who, client] of Object.entries(gone))
      await assert.rejects(connect(server.url, client.cookie), (err: Error & { data?: { code: string } }) => {
        assert.equal(err.data?.code, 'unauthenticated', who);
        return true;
      });
  });
});
