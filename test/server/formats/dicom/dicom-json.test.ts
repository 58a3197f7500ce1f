import assert from 'node:assert/strict';
import { readDicomFile } from '../../../../server/formats/dicom/dicom-file.ts';
import { bulkDataValue, toDicomJson } from '../../../../server/formats/dicom/dicom-json.ts';
import { type DicomJson, jsonAttributes } from '../../../../server/formats/dicom/json-attributes.ts';
import { parsedAttributes } from '../../../../server/formats/dicom/parsed-attributes.ts';
import { readImage } from '../../../../server/formats/image/image.ts';
import { readData } from '../../../support/data.ts';
import { openSample, references } from '../../../support/imaging-world.ts';

const bulkDataUri = (path: string) => `bulkdata/${path}`;

async function jsonOf(path: string): Promise<DicomJson> {
  const json = toDicomJson(await openSample(path), { bulkDataUri });
  // As it crosses the wire.
  return JSON.parse(JSON.stringify(json));
}

describe('metadata in the DICOM JSON model', function () {
  // Hundreds of images: seconds on an idle machine, more on one that is busy.
  this.timeout(240_000);
  it('writes each value representation as PS3.18 Annex F says', async () => {
    const json = await jsonOf('dicom/series/ct-chest-lidc0314/ct_141.dcm');
    assert.deepEqual(json['00080016'], { vr: 'UI', Value: ['1.2.840.10008.5.1.4.1.1.2'] });
    assert.deepEqual(json['00100010'], { vr: 'PN' });
    assert.deepEqual(json['00200013'], { vr: 'IS', Value: [141] });
    assert.deepEqual(json['00200032'], { vr: 'DS', Value: [-201, -59, -545.800049] });
    assert.deepEqual(json['00280010'], { vr: 'US', Value: [512] });
    assert.deepEqual(json['00281050'], { vr: 'DS', Value: [-450, -450] });
    assert.deepEqual(json['7FE00010'], { vr: 'OW', BulkDataURI: 'bulkdata/7FE00010' });
    assert.deepEqual(json['00083002'], { vr: 'UI', Value: ['1.2.840.10008.1.2'] });
  });

  it('orders attributes by tag and leaves out group lengths and the file’s own group', async () => {
    for (const path of ['dicom/series/ct-chest-lidc0314/ct_141.dcm', 'dicom/sr/sr_tid1500_qin.dcm']) {
      const tags = Object.keys(await jsonOf(path));
      assert.deepEqual(tags, [...tags].sort());
      assert.ok(tags.every((tag) => /^[0-9A-F]{8}$/.test(tag) && !tag.endsWith('0000') && !tag.startsWith('0002')));
    }
  });

  it('writes names by component group, in Unicode', async () => {
    const json = await jsonOf('dicom/charset/chrH31.dcm');
    const name = { Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' };
    assert.deepEqual(json['00100010'], { vr: 'PN', Value: [name] });
    assert.deepEqual(json['00080005'], { vr: 'CS', Value: ['ISO_IR 192'] });
    const undeclared = await jsonOf('dicom/derived/name_gbk_undeclared.dcm');
    assert.deepEqual(undeclared['00100010'], { vr: 'PN', Value: [{ Alphabetic: '王小明' }] });
  });

  it('keeps sequences within sequences, and addresses values inside them', async () => {
    const file = await openSample('dicom/cr-dx-mg/xc_photo_jpeg_with_icon.dcm');
    const json = toDicomJson(file, { bulkDataUri });
    const [icon] = jsonAttributes(json).items('00880200');
    assert.ok(icon?.has('7FE00010'));
    const value = json['00880200']?.Value?.[0] as DicomJson;
    assert.equal(value['7FE00010']?.BulkDataURI, 'bulkdata/00880200.1.7FE00010');
    // A thumbnail of 64 × 64 palette entries.
    assert.equal(bulkDataValue(file, '00880200.1.7FE00010')?.length, 64 * 64);
    assert.equal(bulkDataValue(file, '00880200.2.7FE00010'), undefined);
    assert.equal(bulkDataValue(file, '00990099'), undefined);
  });

  it('names the VR of elements that the file gives none, and reads those stored as UN', async () => {
    const explicit = await jsonOf('dicom/syntax/ctimage_explicit_le.dcm');
    const implicit = await jsonOf('dicom/syntax/ctimage_implicit_le.dcm');
    for (const [tag, { vr, Value }] of Object.entries(explicit)) {
      const isPrivate = Number.parseInt(tag.slice(0, 4), 16) % 2 === 1;
      if (isPrivate || ['00080018', '00083002', '00080008', '7FE00010'].includes(tag)) continue;
      assert.deepEqual([tag, implicit[tag]?.vr, implicit[tag]?.Value], [tag, vr, Value]);
    }
    const unknown = await jsonOf('dicom/malformed/explicit_vr_un.dcm');
    assert.deepEqual(unknown['00280010'], { vr: 'US', Value: [512] });
    assert.deepEqual(unknown['00080060'], { vr: 'CS', Value: ['CT'] });
  });

  it('keeps a number that is none as the text that it is', async () => {
    assert.deepEqual((await jsonOf('dicom/malformed/badvr.dcm'))['00280008'], { vr: 'IS', Value: ['1A'] });
  });

  it('writes values of a big endian file as little endian, like those of its twin', async () => {
    const little = readDicomFile(await readData('dicom/syntax/ctimage_explicit_le.dcm'));
    const big = readDicomFile(await readData('dicom/syntax/ctimage_explicit_be.dcm'));
    assert.deepEqual(bulkDataValue(big, '7FE00010'), bulkDataValue(little, '7FE00010'));
    const strip = (json: DicomJson) => ({ ...json, '00083002': undefined, '00080018': undefined });
    assert.deepEqual(strip(toDicomJson(big, { bulkDataUri })), strip(toDicomJson(little, { bulkDataUri })));
  });

  it('is enough to draw every sample: an image described from it equals the one described from the file', async () => {
    let compared = 0;
    for (const [path, { pixels }] of references) {
      if (pixels === undefined || path.endsWith('mr_truncated.dcm')) continue;
      const parsed = parsedAttributes((await openSample(path)).dataset);
      const json = jsonAttributes(await jsonOf(path));
      for (const frame of [1, 2]) assert.deepEqual(readImage(json, frame), readImage(parsed, frame), path);
      compared += 1;
    }
    const withPixels = references.filter(([, { pixels }]) => pixels !== undefined);
    assert.ok(compared >= withPixels.length - 1 && compared > 200, `${compared}`);
  });
});
