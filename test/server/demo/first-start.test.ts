import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConsultationView } from '../../../server/contract/index.ts';
import { DEMO_PASSWORD } from '../../../server/demo/network.ts';
import { demoPatients } from '../../../server/demo/patients.ts';
import { type Client, signIn } from '../../support/client.ts';
import { eventually } from '../../support/eventually.ts';
import { hashOf } from '../../support/images.ts';
import { programArguments } from '../../support/program.ts';
import { findFreePort, type RunningProcess, startProcess } from '../../support/start-process.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const MAIN = ['server/main.ts', '--without-sfu'] as const;

async function environmentOf(dataDir: string): Promise<Record<string, string>> {
  return { DATA_DIR: dataDir, DATABASE_URL: '', PORT: String(await findFreePort()), HOST: '127.0.0.1', DEMO: '1' };
}

async function readAll(client: Client): Promise<ConsultationView[]> {
  const cases = await client.call('consultations:list');
  return Promise.all(
    cases.map(({ consultationId }) => client.call('consultation:read', { params: { consultationId } })),
  );
}

const kindAndState = ({ state, materials }: ConsultationView): string =>
  `${materials.map(({ kind }) => kind).join('+')} ${state}`;

const SIX = [
  'ecg acknowledged',
  'ecg submitted',
  'imaging acknowledged',
  'imaging+documents submitted',
  'pathology acknowledged',
  'pathology submitted',
];

/** The encoder of the demo's recording outlives a server that was killed by a moment. */
const WHILE_WRITTEN = { recursive: true, force: true, maxRetries: 20, retryDelay: 250 };

describe('the first start', function () {
  this.timeout(240_000);
  let dataDir: string;
  let server: RunningProcess;
  const enter = (account: string) => signIn(server.url, account, DEMO_PASSWORD);

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-demo-'));
    server = await startProcess(MAIN[0], [MAIN[1]], await environmentOf(dataDir));
  });
  after(async () => {
    await server?.kill('SIGKILL');
    await rm(dataDir, WHILE_WRITTEN);
  });

  it('has a finished and a waiting case of each kind of picture, for both sides', async () => {
    const [county, specialist] = await Promise.all([enter('county-doctor'), enter('specialist')]);
    for (const person of [county, specialist])
      assert.deepEqual((await readAll(person)).map(kindAndState).sort(), SIX, person.cookie);
    const waiting = (await specialist.call('consultations:list')).filter(({ needsMe }) => needsMe);
    assert.deepEqual(
      waiting.map(({ state, wantedSpecialty }) => `${state} ${wantedSpecialty}`).sort(),
      ['submitted 心血管内科', 'submitted 放射科', 'submitted 病理科'].sort(),
    );
    const everyone = new Map(Object.values(demoPatients).map((patient) => [patient.name as string, patient]));
    for (const { patient, materials, createdAt, submittedAt } of await readAll(county)) {
      const { idNumber, birthDate } = everyone.get(patient.name) ?? assert.fail(`nobody is called ${patient.name}`);
      assert.equal(patient.birthDate, birthDate);
      assert.match(patient.idNumber, new RegExp(`^230\\*+${idNumber.slice(-4)}$`));
      for (const material of materials)
        if (material.kind !== 'pathology' && material.kind !== 'documents')
          assert.deepEqual(
            [material.patients.map(({ comparison }) => comparison.verdict), material.patientsDiffer],
            [['same'], false],
          );
      assert.ok(submittedAt !== null && createdAt < submittedAt && submittedAt < new Date().toISOString());
    }
  });

  it('has signed, acknowledged reports whose key images are there', async () => {
    const county = await enter('county-doctor');
    const finished = (await readAll(county)).filter(({ state }) => state === 'acknowledged');
    assert.equal(finished.length, 3);
    for (const { consultationId, materials } of finished) {
      const report = await county.call('report:read', { params: { consultationId } });
      assert.equal(report.signatureValid, true);
      assert.equal(report.content.author.name, '陈致远');
      assert.equal(report.acknowledgedBy?.name, '李春梅');
      assert.equal(report.adoptions.length, report.content.recommendations.length);
      const [image] = report.content.keyImages;
      assert.ok(image && image.annotations.length > 0);
      assert.equal(image.target.kind, materials[0]?.kind);
      const answer = await county.fetch(`/api/consultations/${consultationId}/key-images/${image.imageSha256}`);
      assert.equal(answer.headers.get('content-type'), 'image/png');
      assert.equal(hashOf(new Uint8Array(await answer.arrayBuffer())), image.imageSha256);
    }
  });

  it('hands out the pictures as the viewers ask for them', async () => {
    const specialist = await enter('specialist');
    for (const { consultationId, materials } of await readAll(specialist)) {
      const [material] = materials;
      if (material?.kind === 'imaging') {
        assert.equal(material.series[0]?.instanceCount, 24);
        const path = `/dicomweb/consultations/${consultationId}/studies/${material.studyInstanceUid}/metadata`;
        assert.equal(((await (await specialist.fetch(path)).json()) as unknown[]).length, 24);
        // A laboratory's sheet beside the images.
        for (const other of materials.slice(1)) {
          assert.ok(other.kind === 'documents' && other.documents[0]?.pageCount === 1);
          const sheet = `/api/consultations/${consultationId}/documents/${other.documents[0].documentId}`;
          assert.equal((await specialist.fetch(sheet)).headers.get('content-type'), 'application/pdf');
        }
      } else if (material?.kind === 'ecg') {
        const path = `/api/consultations/${consultationId}/ecgs/${material.records[0]?.recordId}`;
        assert.equal((await specialist.fetch(path)).status, 200);
      } else if (material?.kind === 'pathology') {
        const params = { consultationId, slideId: material.slides[0]?.slideId ?? '' };
        const slide = await specialist.call('slide:read', { params });
        assert.deepEqual([slide.width, slide.height, slide.associated], [4096, 3072, []]);
        assert.ok(Math.abs((slide.umPerPixel?.x ?? 0) - 0.5) < 1e-6);
      }
    }
  });

  it('leaves a chain that verifies and whose times never go back', async () => {
    const auditor = await enter('auditor');
    const { valid, entries } = await auditor.call('audit:verify');
    assert.equal(valid, true);
    assert.ok(entries > 150);
    const acts = await auditor.call('audit:list', { query: { limit: '200' } });
    const times = acts.map(({ at }) => at).reverse();
    assert.deepEqual(times, [...times].sort());
    const reads = await auditor.call('audit:accesses', { query: { limit: '200' } });
    const looked = reads.filter(({ actorName }) => actorName === '陈致远').map(({ subjectKind }) => subjectKind);
    for (const kind of ['consultation', 'series', 'ecg', 'slide']) assert.ok(looked.includes(kind), kind);
  });

  it('makes them once: the next start finds them', async () => {
    await server.kill('SIGTERM');
    await server.restart();
    const county = await enter('county-doctor');
    assert.deepEqual((await readAll(county)).map(kindAndState).sort(), SIX);
  });
});

describe('a first start that is killed', function () {
  this.timeout(240_000);

  it('leaves nothing behind that the next start does not make whole', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'huizhen-demo-killed-'));
    const environment = await environmentOf(dataDir);
    const child = spawn(process.execPath, [...programArguments(MAIN[0]), MAIN[1]], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    });
    let server: RunningProcess | undefined;
    try {
      // The first pictures are being stored.
      await eventually('a stored file', async () => {
        const names = await readdir(join(dataDir, 'files'), { recursive: true }).catch(() => []);
        return names.some((name) => /[0-9a-f]{64}$/.test(name));
      });
      assert.equal(child.exitCode, null);
      child.kill('SIGKILL');
      await once(child, 'exit');
      server = await startProcess(MAIN[0], [MAIN[1]], environment);
      const county = await signIn(server.url, 'county-doctor', DEMO_PASSWORD);
      assert.deepEqual((await readAll(county)).map(kindAndState).sort(), SIX);
      const auditor = await signIn(server.url, 'auditor', DEMO_PASSWORD);
      assert.equal((await auditor.call('audit:verify')).valid, true);
    } finally {
      child.kill('SIGKILL');
      await server?.kill('SIGKILL');
      await rm(dataDir, WHILE_WRITTEN);
    }
  });
});
