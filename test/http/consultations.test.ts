import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../server/accounts/password.ts';
import { findBreak } from '../../server/audit/chain.ts';
import { checkCharacter } from '../../server/consultations/case-number.ts';
import type { ConsultationView, RouteName } from '../../server/contract/index.ts';
import { demoFacilities } from '../../server/demo/network.ts';
import { acceptCase, completeDraft, draftCase, submitCase } from '../support/case-journey.ts';
import { type Client, signIn } from '../support/client.ts';
import { patient } from '../support/make-case.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

interface Refusal {
  code: string;
  reason?: string;
  fields?: string[];
}

/** What the server refuses with, as `code/reason`. */
async function refusal(
  client: Client,
  name: RouteName,
  params: Record<string, string>,
  body: object = {},
): Promise<Refusal & { status: number; short: string }> {
  const answer = await client.ask(name, { params, body });
  assert.ok(answer.status >= 400, `${name} was not refused`);
  const failure = answer.body as Refusal;
  return { ...failure, status: answer.status, short: [failure.code, failure.reason].filter(Boolean).join('/') };
}

describe('cases over HTTP', () => {
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let specialist2: Client;
  let coordinator: Client;
  let countyCoordinator: Client;

  before(async function () {
    this.timeout(60_000);
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

  /** A second hospital of the same county, with a physician who has nothing to do with the case. */
  async function addStranger(): Promise<Client> {
    const facilityId = randomUUID();
    await server.database.write(async (stores) => {
      await stores.facilities.insert({
        facilityId,
        name: '青溪县中医院',
        tier: 'county',
        region6: demoFacilities.county.region6,
        specialties: [],
      });
      await stores.accounts.insert({
        accountId: randomUUID(),
        login: `stranger-${facilityId.slice(0, 8)}`,
        name: '钱一',
        title: '医师',
        role: 'physician',
        specialty: null,
        facilityId,
        isActive: true,
        passwordHash: await hashPassword('a stranger'),
        failedAttempts: 0,
        lockedUntil: null,
      });
    });
    return signIn(server.url, `stranger-${facilityId.slice(0, 8)}`, 'a stranger');
  }

  it('[CO1] gives a draft with a case number that nobody else gets, however many ask at once', async () => {
    const stranger = await addStranger();
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
      await addStranger(),
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
      ['report:acknowledge', { adoptions: [] }],
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

  it('[CO7] of two specialists who accept at once one has it; the other is told, and sees it no more', async () => {
    for (let round = 0; round < 5; round += 1) {
      const sent = await submitCase(doctor);
      const params = { consultationId: sent.consultationId };
      const both = [specialist, specialist2];
      const answers = await Promise.all(
        both.map((client) => client.ask('consultation:accept', { params, body: { version: sent.version } })),
      );
      const winner = answers.findIndex((answer) => answer.status === 200);
      const loser = answers[1 - winner];
      assert.ok(loser);
      assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
      assert.deepEqual([loser.status, (loser.body as Refusal).reason], [409, 'already-accepted']);
      const [won, lost] = winner === 0 ? both : both.toReversed();
      assert.ok(won && lost);
      assert.equal(await isInList(lost, sent), false);
      assert.equal((await refusal(lost, 'consultation:read', params)).status, 404);
      const again = await won.call('consultation:accept', { params, body: { version: sent.version } });
      assert.equal(again.state, 'accepted');
      assert.equal(again.version, sent.version + 1);
    }
  });

  it('[CO8] is declined, sent back and cancelled only with a reason, which then stands on it', async () => {
    for (const [name, client] of [
      ['consultation:decline', specialist],
      ['consultation:ask-supplement', coordinator],
      ['consultation:cancel', doctor],
    ] as const) {
      const sent = await submitCase(doctor);
      const params = { consultationId: sent.consultationId };
      const bare = await refusal(client, name, params, { version: sent.version, reason: '  ' });
      assert.equal(bare.short, 'invalid-message/reason-missing');
      const answered = await client.call(name, { params, body: { version: sent.version, reason: '需要薄层图像' } });
      assert.equal(answered.reason, '需要薄层图像');
      assert.equal((await read(doctor, sent)).reason, '需要薄层图像');
    }
  });

  it('[CO8] declined, is seen no more by the rest of the pool; cancelled, by no specialist', async () => {
    const declined = await submitCase(doctor);
    await specialist.call('consultation:decline', {
      params: { consultationId: declined.consultationId },
      body: { version: declined.version, reason: '不属本科' },
    });
    assert.deepEqual(
      [
        await isInList(specialist, declined),
        await isInList(specialist2, declined),
        await isInList(coordinator, declined),
      ],
      [true, false, true],
    );
    const cancelled = await acceptCase(doctor, specialist);
    await doctor.call('consultation:cancel', {
      params: { consultationId: cancelled.consultationId },
      body: { version: cancelled.version, reason: '患者转院' },
    });
    assert.deepEqual([await isInList(specialist, cancelled), await isInList(coordinator, cancelled)], [false, true]);
  });

  it('[CO9] sent back after acceptance, returns to the same specialist, and cannot change hospital', async () => {
    const accepted = await acceptCase(doctor, specialist);
    const params = { consultationId: accepted.consultationId };
    const asked = await specialist.call('consultation:ask-supplement', {
      params,
      body: { version: accepted.version, reason: '请补既往 CT' },
    });
    assert.equal(asked.state, 'supplement');
    const moved = await refusal(doctor, 'consultation:save', params, {
      ...completeDraft,
      invitedFacilityId: demoFacilities.county.facilityId,
      version: asked.version,
    });
    assert.deepEqual(moved.fields, ['invitedFacilityId']);
    const saved = await doctor.call('consultation:save', {
      params,
      body: { ...completeDraft, historySummary: '2024 年 CT 未见结节。', version: asked.version },
    });
    const again = await doctor.call('consultation:submit', { params, body: { version: saved.version } });
    assert.equal(again.state, 'accepted');
    assert.equal(again.specialist?.name, '陈致远');
    assert.equal(await isInList(specialist2, again), false);
  });

  it('[CO10] refuses what is never one’s own and what the state does not allow, and changes nothing', async () => {
    const sent = await submitCase(doctor);
    const params = { consultationId: sent.consultationId };
    const { version } = sent;
    assert.equal((await refusal(doctor, 'consultation:accept', params, { version })).short, 'forbidden');
    assert.equal(
      (await refusal(doctor, 'consultation:save', params, { ...completeDraft, version })).short,
      'conflict/state-not-allowed',
    );
    assert.equal((await refusal(doctor, 'call:start', params)).short, 'conflict/state-not-allowed');
    assert.equal((await refusal(specialist, 'opinion:read', params)).short, 'forbidden');
    assert.equal((await refusal(doctor, 'call:ticket', params)).short, 'conflict/state-not-allowed');
    assert.equal((await read(doctor, sent)).version, version);
  });

  it('[CO12] lets clinicians of both sides be invited, who then see it until it is cancelled', async () => {
    const accepted = await acceptCase(doctor, specialist);
    const params = { consultationId: accepted.consultationId };
    const surgeon = await server.signIn('surgeon');
    assert.equal((await refusal(surgeon, 'consultation:read', params)).status, 404);
    const colleagues = await specialist.call('colleagues:list', { params });
    assert.deepEqual(colleagues.map((one) => one.name).sort(), ['周振华', '王若兰'].sort());
    const invited = colleagues.find((one) => one.role === 'surgeon');
    assert.ok(invited);
    const body = { accountId: invited.accountId };
    const after = await specialist.call('consultation:invite', { params, body });
    assert.deepEqual(
      after.participants.map((one) => one.name),
      ['李春梅', '陈致远', '周振华'],
    );
    await specialist.call('consultation:invite', { params, body });
    assert.deepEqual((await read(surgeon, accepted)).actions, ['review', 'annotate', 'chat']);
    const stranger = await addStranger();
    const strangerId = (await stranger.call('session:read')).person.accountId;
    assert.equal((await refusal(specialist, 'consultation:invite', params, { accountId: strangerId })).status, 404);
    await doctor.call('consultation:cancel', { params, body: { version: accepted.version, reason: '转院' } });
    assert.equal((await refusal(surgeon, 'consultation:read', params)).status, 404);
  });

  it('[CO13] shows masked names in lists and masked numbers in the case, and full ones only where they are needed', async () => {
    const draft = await draftCase(doctor);
    assert.equal(draft.patient.idNumber, patient.idNumber, 'stars cannot be corrected');
    const sent = await doctor.call('consultation:submit', {
      params: { consultationId: draft.consultationId },
      body: { version: draft.version },
    });
    const params = { consultationId: sent.consultationId };
    for (const client of [doctor, specialist, coordinator]) {
      const view = await read(client, sent);
      assert.equal(view.patient.name, '张建国');
      assert.equal(view.patient.idNumber, '230***********1212');
      assert.equal(view.patient.phone, '138****1234');
    }
    const line = (await specialist.call('consultations:list')).find(
      (one) => one.consultationId === sent.consultationId,
    );
    assert.equal(line?.patientLabel, '张*');
    assert.ok(line.patientAgeYears !== null && line.patientAgeYears >= 65);
    assert.equal((await refusal(specialist, 'patient:reveal', params)).short, 'forbidden', 'nobody has accepted yet');
    await specialist.call('consultation:accept', { params, body: { version: sent.version } });
    for (const client of [doctor, specialist, coordinator]) {
      const whole = await client.call('patient:reveal', { params });
      assert.deepEqual([whole.idNumber, whole.phone], [patient.idNumber, patient.phone]);
    }
    const again = await submitCase(doctor);
    assert.equal(again.patient.patientId, sent.patient.patientId, 'the same ID number is the same patient');
  });

  it('[CO14] leaves a row in the access log for each read, with its basis', async () => {
    const draft = await draftCase(doctor);
    const params = { consultationId: draft.consultationId };
    await read(doctor, draft);
    const sent = await doctor.call('consultation:submit', { params, body: { version: draft.version } });
    await read(doctor, sent);
    await read(specialist, sent);
    await read(coordinator, sent);
    await specialist.call('consultation:accept', { params, body: { version: sent.version } });
    await read(specialist, sent);
    await specialist.call('patient:reveal', { params });
    await doctor.call('consultations:list');
    const auditor = await server.signIn('auditor');
    const rows = await auditor.call('audit:accesses', { query: { consultationId: sent.consultationId } });
    assert.deepEqual(rows.map((row) => [row.actorName, row.basis, row.subjectKind]).reverse(), [
      ['李春梅', 'requester', 'consultation'],
      ['陈致远', 'duty-pool', 'consultation'],
      ['孙海燕', 'coordination', 'consultation'],
      ['陈致远', 'assignment', 'consultation'],
      ['陈致远', 'assignment', 'patient'],
    ]);
    assert.equal(rows[0]?.caseNumber, sent.caseNumber);
  });

  it('[CO16] leaves an entry in the audit chain for what was done, none for what was refused, and no word about the patient', async () => {
    const sent = await submitCase(doctor);
    const params = { consultationId: sent.consultationId };
    await refusal(doctor, 'consultation:accept', params, { version: sent.version });
    await refusal(specialist, 'consultation:accept', params, { version: sent.version + 5 });
    await specialist.call('consultation:accept', { params, body: { version: sent.version } });
    const entries = await server.database.read.audit.list({ limit: 100, consultationId: sent.consultationId });
    assert.deepEqual(entries.map((entry) => entry.action).reverse(), [
      'consultation:create',
      'consultation:save',
      'consultation:submit',
      'consultation:accept',
    ]);
    const text = JSON.stringify(entries);
    for (const secret of [patient.name, patient.idNumber, patient.phone, completeDraft.question])
      assert.ok(!text.includes(secret));
    const head = await server.database.read.audit.head();
    assert.equal(await findBreak(server.database.read.audit.walk(head.sequence), head), null);
  });
});
