import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { checkCharacter } from '../../../server/cases/case-number.ts';
import type { ConsultationView, RouteName } from '../../../server/contract/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { addStranger } from '../../support/add-stranger.ts';
import { completeDraft, draftCase, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { patient } from '../../support/make-case.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('sending a case over HTTP', () => {
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let specialist2: Client;
  let coordinator: Client;
  let countyCoordinator: Client;

  before(async function () {
    this.timeout(180_000);
    server = await startServer();
    [doctor, specialist, specialist2, coordinator, countyCoordinator] = await Promise.all([
      server.signIn('county-doctor'),
      server.signIn('specialist'),
      server.signIn('specialist-2'),
      server.signIn('coordinator'),
      server.signIn('county-coordinator'),
    ]);
  });
  after(() => server?.close());

  const read = (client: Client, { consultationId }: { consultationId: string }) =>
    client.call('consultation:read', { params: { consultationId } });
  const isInList = async (client: Client, { consultationId }: { consultationId: string }): Promise<boolean> =>
    (await client.call('consultations:list')).some((line) => line.consultationId === consultationId);

  it('[CO1] gives a draft with a case number that nobody else gets, however many ask at once', async () => {
    const stranger = await addStranger(server);
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, index) => (index % 2 ? doctor : stranger).call('consultation:create')),
    );
    const numbers = made.map((one) => one.caseNumber);
    assert.equal(new Set(numbers).size, 12);
    for (const number of numbers) {
      assert.match(number, /^HZ-230125-\d{8}-\d{5}[0-9A-Z]$/);
      const text = number.replaceAll('-', '');
      assert.equal(checkCharacter(text.slice(0, -1)), text.slice(-1));
    }
    assert.equal(made[0]?.state, 'draft');
    assert.equal(await isInList(countyCoordinator, made[1] as ConsultationView), false, 'a draft is its maker’s alone');
  });

  it('[CO2] is not found by a stranger, whatever is asked about it, just as a case that does not exist', async () => {
    const { consultationId, version } = await submitCase(doctor);
    const strangers = [
      await addStranger(server),
      await server.signIn('admin'),
      await server.signIn('auditor'),
      await server.signIn('trainee'),
    ];
    const nothing = randomUUID();
    const requests: [RouteName, object][] = [
      ['consultation:read', {}],
      ['consultation:save', { ...completeDraft, version }],
      ['consultation:submit', { version }],
      ['consultation:cancel', { version, reason: 'mine' }],
      ['consultation:accept', { version }],
      ['consultation:decline', { version, reason: 'mine' }],
      ['consultation:ask-supplement', { version, reason: 'mine' }],
      ['colleagues:list', {}],
      ['consultation:invite', { accountId: randomUUID() }],
      ['patient:reveal', {}],
      ['call:start', {}],
      ['call:end', {}],
      ['call:ticket', {}],
      ['opinion:read', {}],
      ['opinion:save', { version: 0, findings: '', diagnosis: [], recommendations: [], keyImages: [] }],
      ['report:sign', { version: 1, password: 'mine' }],
      ['report:read', {}],
      ['report:acknowledge', { version: 1, adoptions: [] }],
      ['report:amend', { version, kind: 'corrected', reason: 'no' }],
      ['report:withdraw-amendment', {}],
      ['consultation:remove-participant', { reason: 'no' }],
      ['consultation:answer-in-writing', { version, reason: 'no' }],
    ];
    for (const stranger of strangers)
      for (const [name, body] of requests) {
        const real = await refusal(stranger, name, { consultationId }, body);
        const none = await refusal(stranger, name, { consultationId: nothing }, body);
        assert.equal(real.status, 404, name);
        assert.deepEqual(
          { ...real, requestId: null },
          { ...none, requestId: null },
          `${name} tells a case from no case`,
        );
      }
  });

  it('[CO3] refuses a change made on an outdated version and writes nothing of it', async () => {
    const draft = await draftCase(doctor);
    const params = { consultationId: draft.consultationId };
    const outdated = await refusal(doctor, 'consultation:save', params, {
      ...completeDraft,
      question: 'from another window',
      version: draft.version - 1,
    });
    assert.equal(outdated.short, 'conflict/version-outdated');
    const now = await read(doctor, draft);
    assert.equal(now.question, completeDraft.question);
    assert.equal(now.version, draft.version);
  });

  it('[CO3] takes one of two saves that are made at once on the same version', async () => {
    const draft = await draftCase(doctor);
    const answers = await Promise.all(
      ['one', 'two'].map((question) =>
        doctor.ask('consultation:save', {
          params: { consultationId: draft.consultationId },
          body: { ...completeDraft, question, version: draft.version },
        }),
      ),
    );
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409]);
  });

  it('[CO4] is not sent while something is missing, and says what', async () => {
    const { consultationId, version } = await doctor.call('consultation:create');
    const empty = await refusal(doctor, 'consultation:submit', { consultationId }, { version });
    assert.equal(empty.short, 'invalid-message/draft-incomplete');
    assert.deepEqual(empty.fields?.slice(0, 2), ['patient.name', 'patient.sex']);
    const saved = await doctor.call('consultation:save', {
      params: { consultationId },
      body: { ...completeDraft, patient: { ...patient, sex: 'female' }, version },
    });
    const mixedUp = await refusal(doctor, 'consultation:submit', { consultationId }, { version: saved.version });
    assert.deepEqual(mixedUp.fields, ['patient.sex']);
    assert.equal((await read(doctor, saved)).state, 'draft');
  });

  it('[CO5] is not sent without consent, nor to a hospital without an agreement', async () => {
    const draft = await draftCase(doctor);
    const params = { consultationId: draft.consultationId };
    const without = await doctor.call('consultation:save', {
      params,
      body: { ...completeDraft, consent: { ...completeDraft.consent, given: false }, version: draft.version },
    });
    const unconsented = await refusal(doctor, 'consultation:submit', params, { version: without.version });
    assert.equal(unconsented.short, 'conflict/consent-missing');
    const elsewhere = await doctor.call('consultation:save', {
      params,
      body: { ...completeDraft, invitedFacilityId: demoFacilities.county.facilityId, version: without.version },
    });
    const unagreed = await refusal(doctor, 'consultation:submit', params, { version: elsewhere.version });
    assert.equal(unagreed.short, 'conflict/agreement-missing');
  });

  it('[CO6] once sent, is seen by the invited specialists and both coordinators, and by nobody else', async () => {
    const sent = await submitCase(doctor);
    assert.equal(sent.state, 'submitted');
    for (const client of [doctor, specialist, specialist2, coordinator, countyCoordinator])
      assert.equal(await isInList(client, sent), true);
    assert.equal(await isInList(await server.signIn('surgeon'), sent), false);
    const line = (await specialist.call('consultations:list')).find(
      (one) => one.consultationId === sent.consultationId,
    );
    assert.equal(line?.needsMe, true);
    assert.equal(line?.requesterFacilityName, demoFacilities.county.name);
  });
});
