import assert from 'node:assert/strict';
import { pictureKindOf } from '../../../../server/contract/storage-classes.ts';
import { readHeader } from '../../../../server/formats/dicom/header.ts';
import { readData } from '../../../support/data.ts';

describe('which viewer a DICOM object is for', () => {
  for (const [path, kind] of [
    ['dicom/series/ct-chest-lidc0314/ct_001.dcm', 'imaging'],
    ['dicom/series/pt-wholebody-qin0024_seg/seg_tumor.dcm', 'imaging'],
    ['pathology/dicom-wsi-tiny/sm_image.dcm', 'pathology'],
  ] as const) {
    it(`${path}: ${kind}`, async () => {
      const { sopClassUid } = readHeader(await readData(path), { partial: true });
      assert.equal(pictureKindOf(sopClassUid), kind);
    });
  }

  it('every ECG waveform class, and not the curve of a respiration or of a voice', () => {
    const waveform = (last: string) => pictureKindOf(`1.2.840.10008.5.1.4.1.1.9.${last}`);
    for (const last of ['1.1', '1.2', '1.3', '1.4', '2.1', '3.1']) assert.equal(waveform(last), 'ecg');
    for (const last of ['6.1', '4.1']) assert.equal(waveform(last), 'imaging');
  });
});
