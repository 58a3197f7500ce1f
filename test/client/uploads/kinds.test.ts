import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { groupFiles, type InspectedFile } from '../../../client/uploads/grouping.ts';
import { inspectFile } from '../../../client/uploads/inspect.ts';
import { readData } from '../../support/data.ts';
import { foreignEcgs } from '../../support/foreign-ecg-by-hand.ts';
import { listData } from '../../support/images.ts';
import { type ChannelByHand, waveformByHand } from '../../support/waveform-by-hand.ts';

const CT = 'dicom/series/ct-chest-lidc0314/ct_001.dcm';
const ECG = 'dicom/waveform/ecg_12lead.dcm';
const SVS = 'pathology/CMU-1-Small-Region.svs';
const WSI_LEVELS = [9, 10, 11].map((level) => `pathology/dicom-wsi-cmu1/level-${level}-frames-0-1.dcm`);

async function inspected(name: string, bytes: Uint8Array): Promise<InspectedFile> {
  const file = new File([new Uint8Array(bytes)], name);
  return { path: `chosen/${name}`, file, inspection: await inspectFile(name, file) };
}

const inspectData = async (path: string, name = path.split('/').at(-1) ?? '') => inspected(name, await readData(path));

/** A kind of picture, `slide-file`, or the reason why it is not sent. */
async function verdict(name: string, bytes: Uint8Array): Promise<string> {
  const { inspection } = await inspected(name, bytes);
  if (inspection.kind === 'unfit') return inspection.reason;
  return inspection.kind === 'dicom' ? inspection.pictureKind : inspection.kind;
}

const lead: ChannelByHand = { lead: 1, sensitivity: '1', unit: 'uV' };
const waveform = (channel: Partial<ChannelByHand>, group = {}) =>
  waveformByHand([{ channels: [{ ...lead, ...channel }], counts: [[1, 2, 3, 4]], ...group }]);

describe('images, ECGs and slides chosen together', () => {
  it('are told apart, and counted in units of their own', async () => {
    const { studies, slideFiles, leftOut } = groupFiles(
      await Promise.all([CT, ECG, SVS, ...WSI_LEVELS].map((path) => inspectData(path))),
    );
    assert.deepEqual(leftOut, []);
    const series = studies.flatMap((study) => study.series);
    assert.deepEqual(
      new Set(series.map(({ label, files, pictureCount }) => `${label.pictureKind} ${files.length} ${pictureCount}`)),
      new Set(['imaging 1 1', 'ecg 1 1', 'pathology 3 1']),
    );
    assert.deepEqual(
      slideFiles.map(({ label, files, sizeBytes }) => [label.fileName, files.length, sizeBytes]),
      [['CMU-1-Small-Region.svs', 1, 1_938_955]],
    );
  });

  it('slides of one name are two; the same slide twice is one', async () => {
    const [svs, boxes] = await Promise.all([readData(SVS), readData('pathology/boxes_pyramid.tiff')]);
    const { slideFiles, leftOut } = groupFiles([
      await inspected('slide.svs', svs),
      await inspected('slide.svs', boxes),
      await inspected('copy.svs', svs),
    ]);
    assert.equal(new Set(slideFiles.map(({ key }) => key)).size, 2);
    assert.deepEqual(leftOut, [{ path: 'chosen/copy.svs', reason: 'duplicate' }]);
  });

  it('a slide too large to hold at once is hashed whole', async () => {
    const large = new Uint8Array(70 * 1024 ** 2);
    large.set(await readData('pathology/boxes_pyramid.tiff'));
    const { inspection } = await inspected('large.tif', large);
    const sha256 = createHash('sha256').update(large).digest('hex');
    assert.deepEqual(inspection, { kind: 'slide-file', sha256 });
  });
});

describe('an ECG in a format that is not read yet', () => {
  it('is told as what it is, not as a slide or a damaged file', async () => {
    for (const [name, bytes] of await foreignEcgs())
      assert.equal(await verdict(name, new Uint8Array(bytes)), 'ecg-format-unsupported', name);
    const letter = Buffer.from('0 days since 05.02.2026; <AnnotatedEC> SCPECG');
    assert.equal(await verdict('letter.txt', new Uint8Array(letter)), 'not-dicom');
  });
});

describe('what a file is called says nothing of what it is', () => {
  it('a CT named as an ECG', async () => assert.equal(await verdict('ecg.dcm', await readData(CT)), 'imaging'));
  it('an ECG named as a slide', async () => assert.equal(await verdict('slide.svs', await readData(ECG)), 'ecg'));
  it('a slide of DICOM named as an SVS', async () =>
    assert.equal(await verdict('slide.svs', await readData(WSI_LEVELS[0] ?? '')), 'pathology'));
  it('an SVS named as DICOM', async () => assert.equal(await verdict('IM1.dcm', await readData(SVS)), 'slide-file'));
  it('a DICOM file that is a TIFF too', async () => {
    const both = (await readData(CT)).slice();
    both.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
    assert.equal(await verdict('both.tif', both), 'imaging');
  });

  for (const [order, head] of [
    ['little endian', [0x49, 0x49, 42, 0, 8, 0, 0, 0]],
    ['big endian', [0x4d, 0x4d, 0, 42, 0, 0, 0, 8]],
    ['big, little endian', [0x49, 0x49, 43, 0, 8, 0, 0, 0]],
    ['big, big endian', [0x4d, 0x4d, 0, 43, 0, 8, 0, 0]],
  ] as const) {
    // What is behind the first bytes the server reads and refuses.
    it(`a TIFF, ${order}, cut behind its head`, async () =>
      assert.equal(await verdict('scan', Uint8Array.from(head)), 'slide-file'));
  }
  it('a TIFF cut within its head', async () =>
    assert.equal(await verdict('slide.tif', Uint8Array.of(0x49, 0x49, 42, 0, 8, 0)), 'not-dicom'));
  it('a text named as a slide', async () =>
    assert.equal(await verdict('slide.svs', new TextEncoder().encode('II*: a note'.repeat(40))), 'not-dicom'));
  it('damaged files of every sort are findings, never an error', async () => {
    for (const path of [...(await listData('dicom/malformed')), ...(await listData('pathology/malformed'))]) {
      const { inspection } = await inspectData(path);
      assert.ok(inspection.kind !== 'unfit' || inspection.reason !== 'unreadable', path);
    }
  });
  it('an empty slide', async () => assert.equal(await verdict('slide.svs', new Uint8Array()), 'file-empty'));
});

describe('ECGs that could not be drawn as they were recorded are named before they are sent', () => {
  it('a sound one is sent', async () => assert.equal(await verdict('1.dcm', waveform({})), 'ecg'));
  it('without sensitivity', async () =>
    assert.equal(await verdict('1.dcm', waveform({ sensitivity: undefined })), 'waveform-uncalibrated'));
  it('with fewer samples than it says', async () =>
    assert.equal(await verdict('1.dcm', waveform({}, { sampleCount: 5_000 })), 'waveform-inconsistent'));
  it('in a form of samples that no ECG has', async () =>
    assert.equal(await verdict('1.dcm', waveform({}, { interpretation: 'MB' })), 'waveform-encoding-unsupported'));
  it('without a lead', async () => assert.equal(await verdict('1.dcm', waveform({ unit: 'mm[Hg]' })), 'no-ecg'));
  it('cut short', async () => {
    const whole = await readData(ECG);
    assert.equal(await verdict('1.dcm', whole.slice(0, whole.length / 2)), 'file-truncated');
  });
});
