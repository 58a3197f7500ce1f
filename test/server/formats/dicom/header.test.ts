import assert from 'node:assert/strict';
import { Failure } from '../../../../server/contract/failure.ts';
import { type DicomHeader, readHeader } from '../../../../server/formats/dicom/header.ts';
import { readData } from '../../../support/data.ts';
import { dicomDocumentByHand } from '../../../support/dicom-document-by-hand.ts';
import { references } from '../../../support/imaging-world.ts';

async function headerOf(path: string, partial = false): Promise<DicomHeader> {
  return readHeader(await readData(path), { partial });
}

async function assertFails(path: string, reason: string): Promise<void> {
  await assert.rejects(
    headerOf(path),
    (error) => error instanceof Failure && error.reason === reason,
    `${path}: ${reason}`,
  );
}

describe('the header of a DICOM file', () => {
  it('tells what a CT slice is, for grouping and for the case', async () => {
    const header = await headerOf('dicom/series/ct-chest-lidc0314/ct_141.dcm');
    assert.deepEqual(header, {
      transferSyntaxUid: '1.2.840.10008.1.2',
      part10: true,
      sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
      sopInstanceUid: '1.3.6.1.4.1.14519.5.2.1.6279.6001.711953740129360769892721416021',
      studyInstanceUid: '1.3.6.1.4.1.14519.5.2.1.6279.6001.265704884949271879044145982159',
      seriesInstanceUid: '1.3.6.1.4.1.14519.5.2.1.6279.6001.154677396354641150280013275227',
      patientName: '',
      patientId: 'LIDC-IDRI-0314',
      patientBirthDate: '',
      patientSex: 'F',
      studyDate: '20000101',
      studyTime: '',
      studyId: '',
      studyDescription: '',
      accessionNumber: '2819497684894126',
      referringPhysicianName: '',
      modality: 'CT',
      seriesNumber: 30026,
      seriesDescription: '',
      bodyPartExamined: 'CHEST',
      instanceNumber: 141,
      numberOfFrames: 1,
      rows: 512,
      columns: 512,
      hasPixelData: true,
    });
  });

  it('agrees with the reference reader about every sample that it accepts', async () => {
    let accepted = 0;
    for (const [path, reference] of references) {
      const header = await headerOf(path).catch((error: unknown) => {
        assert.ok(error instanceof Failure, `${path}: ${error}`);
        return undefined;
      });
      if (header === undefined) continue;
      accepted += 1;
      if (reference.rows !== undefined)
        assert.deepEqual([header.rows, header.columns], [reference.rows, reference.cols], path);
      if (!path.endsWith('explicit_vr_un.dcm')) assert.equal(header.sopClassUid, reference.sop, path);
    }
    assert.ok(accepted / references.length > 0.9, `${accepted} of ${references.length} accepted`);
  });

  it('can be read from a file’s first bytes, whatever its transfer syntax', async () => {
    for (const path of [
      'dicom/syntax/ctimage_explicit_le.dcm',
      'dicom/syntax/ctimage_implicit_le.dcm',
      'dicom/syntax/ctimage_explicit_be.dcm',
      'dicom/syntax/ctimage_deflated.dcm',
      'dicom/us/us_echo_jpeg_34f.dcm',
    ]) {
      const bytes = await readData(path);
      const beginning = bytes.subarray(0, 12_000);
      assert.deepEqual(readHeader(beginning, { partial: true }), readHeader(bytes), path);
      assert.throws(
        () => readHeader(beginning),
        (error) => error instanceof Failure && error.reason === 'file-truncated',
        path,
      );
    }
  });

  it('notices every cut of a file, wherever it is', async () => {
    for (const path of [
      'dicom/lut/mr_small.dcm',
      'dicom/multiframe/emri_10f_rle.dcm',
      'dicom/seg-rt/seg_image_ct_binary.dcm',
      'dicom/waveform/hemodynamic_deflated.dcm',
    ]) {
      const bytes = await readData(path);
      // From the end of the preamble on; a few last bytes may be mere padding.
      for (let length = 133; length < bytes.length - 16; length += Math.ceil(bytes.length / 97)) {
        assert.throws(
          () => readHeader(bytes.subarray(0, length)),
          (error) =>
            error instanceof Failure && ['file-truncated', 'file-damaged', 'not-dicom'].includes(error.reason ?? ''),
          `${path} cut at ${length}`,
        );
      }
    }
  });

  it('says why a file cannot be used', async () => {
    assert.throws(
      () => readHeader(new Uint8Array(0)),
      (error) => error instanceof Failure && error.reason === 'file-empty',
    );
    assert.throws(
      () => readHeader(new Uint8Array(5000)),
      (error) => error instanceof Failure && error.reason === 'not-dicom',
    );
    await assertFails('references.json', 'not-dicom');
    await assertFails('dicom/dicomdir/three-patients/DICOMDIR', 'not-dicom');
    await assertFails('dicom/malformed/no_meta.dcm', 'not-dicom');
    await assertFails('dicom/malformed/bulk_3gb_declared_truncated.dcm', 'file-truncated');
    await assertFails('dicom/malformed/huge_rows_columns_46341.dcm', 'file-truncated');
    await assertFails('dicom/malformed/j2k_codestream_too_short.dcm', 'file-truncated');
    await assertFails('dicom/malformed/mr_truncated.dcm', 'file-truncated');
    await assertFails('dicom/malformed/rtplan_truncated.dcm', 'file-truncated');
  });

  it('says that a file is damaged where it lacks what tells an object from another', async () => {
    for (const name of [
      'bad_sequence',
      'empty_charset_lei',
      'nested_priv_sq',
      'no_meta_group_length',
      'un_sequence',
      'no_preamble_dicm_in_data',
    ]) {
      await assertFails(`dicom/malformed/${name}.dcm`, 'file-damaged');
    }
  });

  it('says of a UID that is too long that it is too long, and not that the file is damaged', () => {
    const sopInstanceUid = `2.25.${'1'.repeat(60)}`;
    for (const made of [{ sopInstanceUid }, { sopInstanceUid: '2.25.1', studyInstanceUid: sopInstanceUid }])
      assert.throws(
        () => readHeader(dicomDocumentByHand({ sopClassUid: '1.2.840.10008.5.1.4.1.1.77.1.6', ...made })),
        (error) => error instanceof Failure && error.reason === 'uid-too-long',
      );
  });

  it('reads files that break the rules without losing anything', async () => {
    assert.equal((await headerOf('dicom/malformed/explicit_vr_un.dcm')).sopClassUid, '1.2.840.10008.5.1.4.1.1.2');
    assert.equal((await headerOf('dicom/malformed/mr_small_padded.dcm')).rows, 64);
    assert.equal((await headerOf('dicom/malformed/jpeg2000-embedded-sequence-delimiter.dcm')).rows, 1024);
    assert.equal((await headerOf('dicom/malformed/badvr.dcm')).numberOfFrames, 1);
    assert.equal((await headerOf('dicom/malformed/invalid_rows.dcm')).rows, null);
    assert.match((await headerOf('dicom/malformed/xss_in_patient_fields.dcm')).patientName, /<script>/);
  });

  it('accepts a dataset without preamble that reads to its end, and says so', async () => {
    for (const name of ['seg-rt/rtstruct', 'malformed/explvr_bigendnometa', 'malformed/explvr_litendnometa']) {
      const header = await headerOf(`dicom/${name}.dcm`);
      assert.equal(header.part10, false, name);
      assert.equal(header.modality.slice(0, 2), 'RT', name);
    }
  });
});
