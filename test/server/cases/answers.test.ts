import assert from 'node:assert/strict';
import type { FailureView } from '../../../server/contract/index.ts';
import { demoFacilities } from '../../../server/demo/network.ts';
import { demoPeople } from '../../../server/demo/people.ts';
import { addStranger } from '../../support/add-stranger.ts';
import { acceptCase, completeDraft, submitCase } from '../../support/case-journey.ts';
import type { Client } from '../../support/client.ts';
import { refusal } from '../../support/refusal.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

describe('answering a case over HTTP', () => {
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let specialist2: Client;
  let coordinator: Client;

  before(async function () {
    this.timeout(180_000);
    server = await startServer();
    [doctor, specialist, specialist2, coordinator] = await Promise.all([
      server.signIn('county-doctor'),
      server.signIn('specialist'),
      server.signIn('specialist-2'),
      server.signIn('coordinator'),
    ]);
  });
  after(() => server?.close());

  const read = (client: Client, { consultationId }: { consultationId: string }) =>
    client.call('consultation:read', { params: { consultationId } });
  const isInList = async (client: Client, { consultationId }: { consultationId: string }): Promise<boolean> =>
    (await client.call('consultations:list')).some((line) => line.consultationId === consultationId);

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
      assert.deepEqual([loser.status, (loser.body as FailureView).reason], [409, 'already-accepted']);
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
    const sides: readonly string[] = [demoFacilities.county.facilityId, demoFacilities.province.facilityId];
    const clinicians = demoPeople.filter(
      ({ facilityId, role }) => sides.includes(facilityId) && ['physician', 'specialist', 'surgeon'].includes(role),
    );
    assert.deepEqual(
      colleagues.map((one) => one.name).sort(),
      clinicians.flatMap(({ login, name }) => (['county-doctor', 'specialist'].includes(login) ? [] : [name])).sort(),
    );
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
    const stranger = await addStranger(server);
    const strangerId = (await stranger.call('session:read')).person.accountId;
    assert.equal((await refusal(specialist, 'consultation:invite', params, { accountId: strangerId })).status, 404);
    await doctor.call('consultation:cancel', { params, body: { version: accepted.version, reason: '转院' } });
    assert.equal((await refusal(surgeon, 'consultation:read', params)).status, 404);
  });
});
