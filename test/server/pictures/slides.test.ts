import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { MaterialView, SlideView } from '../../../server/contract/index.ts';
import { readHeader } from '../../../server/formats/dicom/header.ts';
import { openSlide } from '../../../server/pictures/slide/open-slide.ts';
import { submitDraft } from '../../support/cases.ts';
import type { Client } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { hashOf, listData, uploadFile } from '../../support/images.ts';
import { codecs, decodeRgb, memorySource, readRegion } from '../../support/slide-world.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { tiffByHand } from '../../support/tiff-by-hand.ts';

const SVS = 'pathology/CMU-1-Small-Region.svs';
const DICOM_SLIDE = 'pathology/dicom-wsi-cmu1';

async function outcomeOf(response: Response | undefined): Promise<[number, string | undefined]> {
  assert.ok(response);
  return [response.status, ((await response.json()) as { reason?: string }).reason];
}

/** The same instance as a picture of the label, under another UID. */
function asLabel(file: Uint8Array): Uint8Array {
  const copy = Buffer.from(file);
  const flavor = copy.indexOf('VOLUME');
  assert.ok(flavor > 0);
  copy.write('LABEL ', flavor, 'latin1');
  const { sopInstanceUid } = readHeader(file);
  const uid = `${sopInstanceUid.slice(0, -3)}777`;
  for (let at = copy.indexOf(sopInstanceUid); at >= 0; at = copy.indexOf(sopInstanceUid, at + 1))
    copy.write(uid, at, 'latin1');
  return copy;
}

describe('slides in a case', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let surgeon: Client;

  before(async () => {
    server = await startServer();
    [doctor, specialist, surgeon] = (await Promise.all(
      ['county-doctor', 'specialist', 'surgeon'].map((account) => server.signIn(account)),
    )) as [Client, Client, Client];
  });
  after(() => server.close());

  const newDraft = async () => (await doctor.call('consultation:create')).consultationId;
  const materialsOf = async (consultationId: string): Promise<MaterialView[]> =>
    (await doctor.call('consultation:read', { params: { consultationId } })).materials;
  const slideIdOf = async (consultationId: string): Promise<string> => {
    const [material] = await materialsOf(consultationId);
    assert.equal(material?.kind, 'pathology');
    return material.slides[0]?.slideId ?? '';
  };
  const readSlide = (client: Client, consultationId: string, slideId: string): Promise<SlideView> =>
    client.call('slide:read', { params: { consultationId, slideId } });
  const rootOf = (consultationId: string, { slideId, revision }: SlideView) =>
    `/api/consultations/${consultationId}/slides/${slideId}/${revision}`;
  const bytesAt = async (client: Client, path: string) => {
    const response = await client.fetch(path);
    assert.equal(response.status, 200, path);
    return { bytes: new Uint8Array(await response.arrayBuffer()), response };
  };
  /** Bytes that the hospital has already need not be sent. */
  const send = async (consultationId: string, file: Uint8Array, what = '') => {
    const response = await uploadFile(doctor, consultationId, file);
    if (response) assert.equal(response.status, 200, what);
  };
  const withSvs = async () => {
    const consultationId = await newDraft();
    await send(consultationId, await readData(SVS));
    return { consultationId, slideId: await slideIdOf(consultationId) };
  };

  it('[UP11] are recognised by their content, whatever they are called, and kept under their hash', async () => {
    const { consultationId, slideId } = await withSvs();
    const file = await readData(SVS);
    assert.equal(slideId, hashOf(file));
    const [material] = await materialsOf(consultationId);
    assert.ok(material?.kind === 'pathology');
    // `uploadFile` calls every file image.dcm.
    assert.deepEqual(material.slides, [{ slideId, description: 'image.dcm', fileCount: 1, sizeBytes: file.length }]);
    const params = { consultationId, materialId: material.materialId };
    assert.deepEqual((await doctor.call('material:remove', { params })).materials, []);
    assert.equal(await uploadFile(doctor, consultationId, file), undefined, 'the archive has it still');
    assert.equal((await materialsOf(consultationId)).length, 1);
  });

  it('[SL1] come tile by tile as stored, the same to the last pixel', async () => {
    const { consultationId, slideId } = await withSvs();
    const slide = await readSlide(doctor, consultationId, slideId);
    const { width, height, umPerPixel, objectivePower, levels } = slide;
    assert.deepEqual(
      { width, height, umPerPixel, objectivePower },
      {
        width: 2220,
        height: 2967,
        umPerPixel: { x: 0.499, y: 0.499 },
        objectivePower: 20,
      },
    );
    const [level] = levels;
    assert.ok(level && level.level === slide.maxLevel);
    const file = await openSlide(memorySource(await readData(SVS)), codecs);
    for (const [column, row] of [
      [0, 0],
      [3, 5],
      [level.columns - 1, level.rows - 1],
    ] as const) {
      const path: string = `${rootOf(consultationId, slide)}/slide_files/${level.level}/${column}_${row}.jpeg`;
      const { bytes, response } = await bytesAt(doctor, path);
      assert.equal(response.headers.get('content-type'), 'image/jpeg');
      assert.match(response.headers.get('cache-control') ?? '', /^private, max-age=3600, must-revalidate$/);
      const stored = await file.readTile(0, column, row);
      assert.equal(hashOf(bytes), hashOf(stored.bytes));
      const etag = response.headers.get('etag') ?? '';
      assert.equal((await doctor.fetch(path, { headers: { 'if-none-match': etag } })).status, 304);
    }
    const thumbnail = await decodeRgb((await bytesAt(doctor, `${rootOf(consultationId, slide)}/thumbnail`)).bytes);
    assert.deepEqual([thumbnail.width, thumbnail.height], [383, 512]);
    // The same picture as an independent reader's, made as small.
    const whole = await readRegion(file, 0, { x: 0, y: 0, w: width, h: height });
    const small = await sharp(whole, { raw: { width, height, channels: 3 } })
      .resize(383, 512, { fit: 'fill' })
      .raw()
      .toBuffer();
    const differences = small.map((value, at) => Math.abs(value - (thumbnail.data[at] ?? 0)));
    const mean = differences.reduce((sum, value) => sum + value, 0) / small.length;
    assert.ok(mean < 8, `${mean} of 255`);
  });

  it('[SL1] of DICOM are one slide of all their instances, in the colours that the JPEG itself says', async () => {
    const consultationId = await newDraft();
    const files = await listData(DICOM_SLIDE);
    for (const path of files)
      assert.equal((await uploadFile(doctor, consultationId, await readData(path)))?.status, 200, path);
    const [material, ...others] = await materialsOf(consultationId);
    assert.ok(material?.kind === 'pathology');
    assert.deepEqual([others.length, material.slides.length, material.slides[0]?.fileCount], [0, 1, files.length]);
    const slide = await readSlide(doctor, consultationId, material.slides[0]?.slideId ?? '');
    assert.ok(slide.levels.length > 3);
    const top = slide.levels.at(-1);
    const { bytes } = await bytesAt(doctor, `${rootOf(consultationId, slide)}/slide_files/${top?.level}/0_0.jpeg`);
    const { data } = await decodeRgb(bytes);
    const mean = [0, 1, 2].map((channel) => {
      let sum = 0;
      for (let at = channel; at < data.length; at += 3) sum += data[at] ?? 0;
      return sum / (data.length / 3);
    });
    // Taken for RGB the tissue would be green: glass is near white.
    assert.ok(
      mean.every((value) => value > 180),
      JSON.stringify(mean),
    );
  });

  it('[SL2] have no tile outside, at no level that is not there, and none of another slide', async () => {
    const { consultationId, slideId } = await withSvs();
    const slide = await readSlide(doctor, consultationId, slideId);
    const root = rootOf(consultationId, slide);
    const top = slide.maxLevel;
    const other = await newDraft();
    for (const [path, status] of [
      [`${root}/slide_files/${top}/10_0.jpeg`, 404],
      [`${root}/slide_files/${top}/0_13.jpeg`, 404],
      [`${root}/slide_files/0/0_0.jpeg`, 404],
      [`${root}/slide_files/999999999/0_0.jpeg`, 404],
      [`${root}/slide_files/99999999999/0_0.jpeg`, 400],
      [`${root}/slide_files/${top}/-1_0.jpeg`, 400],
      [`${root}/slide_files/${top}/0_0.exe`, 400],
      [`${root}/slide_files/${top}/1.5_0.jpeg`, 400],
      [`${root.slice(0, -16)}0123456789abcdef/slide_files/${top}/0_0.jpeg`, 404],
      [`${rootOf(other, slide)}/slide_files/${top}/0_0.jpeg`, 404],
      [`/api/consultations/${other}/slides/${slideId}`, 404],
      [`/api/consultations/${consultationId}/slides/1.2.3`, 404],
      [`/api/consultations/${consultationId}/ecgs/${slideId}`, 404],
    ] as const)
      assert.equal((await doctor.fetch(path)).status, status, path);
  });

  it('[SL3] end with the grant, tile by tile', async () => {
    const { consultationId, slideId } = await withSvs();
    const slide = await readSlide(doctor, consultationId, slideId);
    const path = `${rootOf(consultationId, slide)}/slide_files/${slide.maxLevel}/0_0.jpeg`;
    assert.equal((await specialist.fetch(path)).status, 404, 'still a draft');
    const { version } = await submitDraft(doctor, consultationId);
    assert.equal((await specialist.fetch(path)).status, 200);
    assert.equal((await surgeon.fetch(path)).status, 404);
    assert.equal((await fetch(server.url + path)).status, 401);
    // A colleague takes the case: the duty pool sees it no more.
    const colleague = await server.signIn('specialist-2');
    await colleague.call('consultation:accept', { params: { consultationId }, body: { version } });
    assert.equal((await specialist.fetch(path)).status, 404);
    const { response } = await bytesAt(colleague, path);
    const headers = { 'if-none-match': response.headers.get('etag') ?? '' };
    assert.equal((await specialist.fetch(path, { headers })).status, 404, 'known or not');
  });

  it('[SL4] keep label and macro from those who may not see identifiers', async () => {
    const { consultationId, slideId } = await withSvs();
    const own = await readSlide(doctor, consultationId, slideId);
    const kinds = own.associated.map(({ kind }) => kind);
    assert.ok(kinds.includes('label') && kinds.includes('macro') && kinds.includes('thumbnail'), String(kinds));
    const submitted = await submitDraft(doctor, consultationId);
    const pool = await readSlide(specialist, consultationId, slideId);
    assert.deepEqual(
      pool.associated.map(({ kind }) => kind),
      ['thumbnail'],
    );
    const root = rootOf(consultationId, own);
    for (const { index, kind } of own.associated) {
      assert.equal((await doctor.fetch(`${root}/associated/${index}`)).status, 200, kind);
      assert.equal(
        (await specialist.fetch(`${root}/associated/${index}`)).status,
        kind === 'thumbnail' ? 200 : 404,
        kind,
      );
    }
    await specialist.call('consultation:accept', { params: { consultationId }, body: { version: submitted.version } });
    assert.deepEqual((await readSlide(specialist, consultationId, slideId)).associated, own.associated);
    const auditor = await server.signIn('auditor');
    const reads = await auditor.call('audit:accesses', { query: { consultationId } });
    const labels = reads.filter(({ subjectKind }) => subjectKind === 'slide-label').map(({ subjectId }) => subjectId);
    assert.ok(labels.includes(`${slideId}/label`), JSON.stringify(labels));
  });

  it('[SL4] keep a DICOM label from them in DICOMweb too, whatever way it is asked for', async () => {
    const consultationId = await newDraft();
    const level = await readData(`${DICOM_SLIDE}/level-3-frames-0-1.dcm`);
    const label = asLabel(await readData(`${DICOM_SLIDE}/level-4-frames-0-1.dcm`));
    for (const file of [level, label]) await send(consultationId, file);
    await submitDraft(doctor, consultationId);
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = readHeader(label);
    const series = `/dicomweb/consultations/${consultationId}/studies/${studyInstanceUid}/series/${seriesInstanceUid}`;
    const instance = `${series}/instances/${sopInstanceUid}`;
    for (const path of ['', '/metadata', '/frames/1', '/rendered', '/bulkdata/7FE00010']) {
      assert.equal((await doctor.fetch(instance + path)).status, 200, path);
      assert.equal((await specialist.fetch(instance + path)).status, 404, path);
      assert.equal((await specialist.fetch(instance.replace(/\/consultations\/[^/]+/, '') + path)).status, 404, path);
    }
    const metadata = (await (await specialist.fetch(`${series}/metadata`)).json()) as unknown[];
    assert.equal(metadata.length, 1);
    const slide = await readSlide(specialist, consultationId, seriesInstanceUid);
    assert.deepEqual(slide.associated, []);
    assert.deepEqual(
      (await readSlide(doctor, consultationId, seriesInstanceUid)).associated.map(({ kind }) => kind),
      ['label'],
    );
  });

  it('[SL5] have no size of a pixel where the file says none', async () => {
    const consultationId = await newDraft();
    const file = tiffByHand([{ width: 300, height: 200, tile: 64 }]);
    assert.equal((await uploadFile(doctor, consultationId, file))?.status, 200);
    const slide = await readSlide(doctor, consultationId, await slideIdOf(consultationId));
    assert.deepEqual([slide.umPerPixel, slide.objectivePower], [null, null]);
  });

  it('[UP12] do not come into a case damaged, untiled or in a circle; nothing of them is kept', async () => {
    const consultationId = await newDraft();
    const svs = await readData(SVS);
    const cut = svs.slice(0, svs.length / 2);
    const outcomes: [Uint8Array, string][] = [
      [await readData('pathology/malformed/unopenable.tiff'), ''],
      [await readData('pathology/malformed/unreadable.svs'), ''],
      [cut, ''],
      [tiffByHand([{ width: 300, height: 200, strips: true }]), 'slide-not-tiled'],
      [tiffByHand([{ width: 300, height: 200, tile: 64 }], { next: ([first = 8]) => first }), 'file-damaged'],
    ];
    for (const [index, [file, reason]] of outcomes.entries()) {
      const [status, found] = await outcomeOf(await uploadFile(doctor, consultationId, file));
      assert.equal(status, 400, String(index));
      if (reason !== '') assert.equal(found, reason, String(index));
      else assert.ok(found, String(index));
    }
    assert.deepEqual(await materialsOf(consultationId), []);
  });
});
