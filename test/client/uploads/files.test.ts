import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { groupFiles, type InspectedFile } from '../../../client/uploads/grouping.ts';
import { inspectFile } from '../../../client/uploads/inspect.ts';
import { dataPath, readData } from '../../support/data.ts';

/** The folder's files as a browser hands them out when the folder is chosen. */
async function chooseFolder(folder: string): Promise<InspectedFile[]> {
  const entries = await readdir(dataPath(folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`);
  return Promise.all(files.sort().map(async (path) => inspected(path, await readData(path))));
}

async function inspected(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<InspectedFile> {
  const file = new File([bytes], basename(path));
  return { path, file, inspection: await inspectFile(file.name, file) };
}

describe('reading chosen files before anything is sent', () => {
  it('shows a chest CT as one study with one series and all its images', async () => {
    const { studies, leftOut } = groupFiles(await chooseFolder('dicom/series/ct-chest-lidc0314'));
    assert.deepEqual(leftOut, []);
    assert.equal(studies.length, 1);
    assert.equal(studies[0]?.series.length, 1);
    assert.equal(studies[0]?.series[0]?.label.modality, 'CT');
    assert.equal(studies[0]?.series[0]?.pictureCount, 40);
  });

  it('parts a CD of several patients by patient, study and series, and leaves its index out', async () => {
    const { studies, leftOut } = groupFiles(await chooseFolder('dicom/dicomdir/three-patients'));
    assert.deepEqual(
      leftOut.map(({ path, reason }) => [basename(path), reason]),
      [['DICOMDIR', 'index']],
    );
    assert.deepEqual(new Set(studies.map(({ patient }) => patient.id)), new Set(['77654033', '98890234']));
    for (const { series } of studies) {
      const numbers = series.map(({ label }) => label.seriesNumber ?? 0);
      assert.deepEqual(
        numbers,
        [...numbers].sort((a, b) => a - b),
      );
    }
    const images = studies.flatMap(({ series }) => series.map(({ pictureCount }) => pictureCount));
    assert.equal(
      images.reduce((sum, count) => sum + count),
      31,
    );
  });

  it('shows a Chinese name that was stored in GBK without saying so', async () => {
    const bytes = await readData('dicom/derived/name_gbk_undeclared.dcm');
    const { studies } = groupFiles([await inspected('a.dcm', bytes)]);
    assert.match(studies[0]?.patient.name ?? '', /\p{Script=Han}/u);
  });

  it('takes the hash of the very bytes', async () => {
    const bytes = await readData('dicom/series/ct-chest-lidc0314/ct_001.dcm');
    const { inspection } = await inspected('ct_001.dcm', bytes);
    assert.equal(inspection.kind === 'dicom' && inspection.sha256, createHash('sha256').update(bytes).digest('hex'));
  });

  it('reads a file too large to hold at once by its beginning, and hashes all of it', async () => {
    const slice = await readData('dicom/series/ct-chest-lidc0314/ct_001.dcm');
    const large = new Uint8Array(70 * 1024 ** 2);
    large.set(slice);
    const { inspection } = await inspected('large.dcm', large);
    assert.equal(inspection.kind === 'dicom' && inspection.header.modality, 'CT');
    assert.equal(inspection.kind === 'dicom' && inspection.sha256, createHash('sha256').update(large).digest('hex'));
  });
});

describe('files that are not sent, and what they are called', () => {
  const ct = () => readData('dicom/series/ct-chest-lidc0314/ct_001.dcm');
  const reasonOf = async (name: string, bytes: Uint8Array<ArrayBuffer>) => {
    const { inspection } = await inspected(name, bytes);
    return inspection.kind === 'unfit' ? inspection.reason : inspection.kind;
  };

  it('an empty file', async () => assert.equal(await reasonOf('IM1', new Uint8Array()), 'file-empty'));
  it('a picture from a phone that was not copied to its end', async () =>
    assert.equal(
      await reasonOf('photo.jpg', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...Array(600).fill(7))),
      'file-truncated',
    ));
  it('a picture that telephones alone show', async () =>
    assert.equal(
      await reasonOf('IMG_1.HEIC', new TextEncoder().encode(`\0\0\0\x18ftypheic${'7'.repeat(600)}`)),
      'photograph-format-unsupported',
    ));
  it('a packed export', async () =>
    assert.equal(await reasonOf('export.zip', Uint8Array.of(0x50, 0x4b, 3, 4, ...Array(600).fill(7))), 'archive'));
  it('a copy that broke off', async () =>
    assert.equal(await reasonOf('IM1', (await ct()).slice(0, 300_000)), 'file-truncated'));
  it('a file of more than 2 GB', async () => {
    const file = Object.defineProperty(new Blob(['x']), 'size', { value: 2 * 1024 ** 3 + 1 });
    assert.deepEqual(await inspectFile('IM1', file), { kind: 'unfit', reason: 'file-too-large' });
  });
  it('a file on a stick that was pulled out', async () => {
    const file = new Blob(['x'.repeat(500)]);
    file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    assert.deepEqual(await inspectFile('IM1', file), { kind: 'unfit', reason: 'unreadable' });
  });

  it('the same image twice, and one number on two different images', async () => {
    const bytes = await ct();
    const altered = bytes.slice();
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    const { studies, leftOut } = groupFiles([
      await inspected('a/IM1', bytes),
      await inspected('b/IM1', bytes),
      await inspected('c/IM1', altered),
    ]);
    assert.equal(studies[0]?.series[0]?.files.length, 1);
    assert.deepEqual(leftOut, [
      { path: 'b/IM1', reason: 'duplicate' },
      { path: 'c/IM1', reason: 'instance-differs' },
    ]);
  });
});
