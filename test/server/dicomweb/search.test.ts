import assert from 'node:assert/strict';
import { readHeader } from '../../../server/formats/dicom/header.ts';
import type { DicomJson } from '../../../server/formats/dicom/json-attributes.ts';
import type { Client } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { CT_SERIES, listData, stow } from '../../support/images.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const first = (json: DicomJson | undefined, tag: string) => json?.[tag]?.Value?.[0];

describe('searching images over DICOMweb', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;
  let ct: string[];
  let ctStudy: string;
  let ctSeries: string;

  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
    ct = await listData(CT_SERIES);
    const others = [
      'dicom/derived/name_gb18030_4byte.dcm',
      'dicom/lut/mr_small.dcm',
      'dicom/multiframe/nm_heart_13f.dcm',
      'dicom/sr/sr_basic_text.dcm',
    ];
    const files = await Promise.all([...ct.slice(0, 10), ...others].map(readData));
    assert.equal((await stow(doctor, files)).status, 200);
    const header = readHeader(files[0] ?? new Uint8Array());
    ctStudy = header.studyInstanceUid;
    ctSeries = header.seriesInstanceUid;
  });
  after(() => server.close());

  const find = async (path: string): Promise<DicomJson[]> => {
    const response = await doctor.fetch(`/dicomweb${path}`);
    if (response.status === 204) {
      assert.equal(await response.text(), '');
      return [];
    }
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get('content-type'), 'application/dicom+json');
    return (await response.json()) as DicomJson[];
  };

  it('describes each study with the attributes of PS3.18 table 10.6.3-3', async () => {
    const studies = await find('/studies');
    assert.equal(studies.length, 5);
    for (const study of studies)
      for (const tag of [
        '00080020',
        '00080030',
        '00080050',
        '00080061',
        '00080090',
        '00081190',
        '00100010',
        '00100020',
        '00100030',
        '00100040',
        '0020000D',
        '00200010',
        '00201206',
        '00201208',
      ])
        assert.ok(study[tag], tag);
    const [found] = await find(`/studies?StudyInstanceUID=${ctStudy}`);
    assert.equal(first(found, '0020000D'), ctStudy);
    assert.deepEqual(found?.['00080061'], { vr: 'CS', Value: ['CT'] });
    assert.equal(first(found, '00201206'), 1);
    assert.equal(first(found, '00201208'), 10);
    assert.equal(first(found, '00081190'), `${server.url}/dicomweb/studies/${ctStudy}`);
    const tags = Object.keys(found ?? {});
    assert.deepEqual(tags, tags.toSorted(), 'in order of tags');
  });

  it('finds the patient whose name is Chinese, and a patient by number and date', async () => {
    const named = (await find('/studies')).find((study) => JSON.stringify(study['00100010']).match(/[\u4e00-\u9fff]/));
    const name = first(named, '00100010') as { Ideographic?: string; Alphabetic?: string };
    const chinese = Object.values(name).find((group) => /[\u4e00-\u9fff]/.test(group)) ?? '';
    const [byName, ...others] = await find(`/studies?PatientName=${encodeURIComponent(`${chinese.slice(0, 1)}*`)}`);
    assert.deepEqual(byName, named);
    assert.equal(others.length, 0);
    assert.deepEqual(
      (await find('/studies?PatientID=LIDC-IDRI-0314')).map((study) => first(study, '0020000D')),
      [ctStudy],
    );
    assert.deepEqual(
      (await find('/studies?PatientID=LIDC*&StudyDate=20000101-20000102&ModalitiesInStudy=CT')).length,
      1,
    );
    assert.equal((await find('/studies?PatientID=LIDC*&ModalitiesInStudy=MR')).length, 0);
    assert.equal((await find(`/studies?SeriesInstanceUID=${ctSeries}`)).length, 1);
    assert.equal((await find('/studies?AccessionNumber=2819497684894126')).length, 1);
  });

  it('lists series and instances of a study, and over all studies with what they belong to', async () => {
    const [series, ...others] = await find(`/studies/${ctStudy}/series`);
    assert.equal(others.length, 0);
    assert.equal(first(series, '0020000E'), ctSeries);
    assert.equal(first(series, '00201209'), 10);
    assert.equal(series?.['00100010'], undefined, 'the study is known');
    const instances = await find(`/studies/${ctStudy}/series/${ctSeries}/instances`);
    assert.equal(instances.length, 10);
    assert.equal(first(instances[0], '00280010'), 512);
    assert.equal(first(instances[0], '00080016'), '1.2.840.10008.5.1.4.1.1.2');
    const numbers = instances.map((instance) => Number(first(instance, '00200013')));
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    );
    assert.equal((await find(`/studies/${ctStudy}/instances`)).length, 10);
    const [all] = await find('/series?Modality=SR');
    assert.ok(all?.['00100020'], 'with the patient');
    assert.equal((await find('/instances')).length, 14);
    const [one] = await find('/instances?SOPClassUID=1.2.840.10008.5.1.4.1.1.4');
    assert.equal(first(one, '00080060'), 'MR');
  });

  it('[DW7] answers 204 without a match, and 404 inside a study that is not there', async () => {
    assert.equal((await doctor.fetch('/dicomweb/studies?PatientID=nobody')).status, 204);
    assert.equal((await doctor.fetch(`/dicomweb/studies/${ctStudy}/series?Modality=MR`)).status, 204);
    assert.equal((await doctor.fetch('/dicomweb/studies/1.2.3/series')).status, 404);
    assert.equal((await doctor.fetch(`/dicomweb/studies/${ctStudy}/series/1.2.3/instances`)).status, 404);
  });

  it('pages, the same order every time', async () => {
    const all = await find('/instances');
    const pages: DicomJson[] = [];
    for (let offset = 0; offset < 15; offset += 4) pages.push(...(await find(`/instances?limit=4&offset=${offset}`)));
    assert.deepEqual(pages, all);
    assert.equal((await doctor.fetch('/dicomweb/instances?offset=14')).status, 204);
    assert.equal((await doctor.fetch('/dicomweb/instances?limit=0')).status, 204);
  });

  it('adds the attributes that are asked for, of the level that is searched', async () => {
    const { studyInstanceUid } = readHeader(await readData('dicom/lut/mr_small.dcm'));
    const mr = `/studies?StudyInstanceUID=${studyInstanceUid}`;
    const [plain] = await find(mr);
    assert.equal(plain?.['00101030'], undefined);
    const [asked] = await find(`${mr}&includefield=00101030,PatientSize&includefield=Rows`);
    assert.equal(typeof first(asked, '00101030'), 'number', 'Patient’s Weight');
    assert.equal(asked?.['00280010'], undefined, 'Rows is of the instance');
    const [series] = await find(`/studies/${studyInstanceUid}/series`);
    assert.equal(first(series, '00080201'), '-0400', 'the time zone is always told of a series');
    const [everything] = await find(`/studies/${ctStudy}/series/${ctSeries}/instances?includefield=all&limit=1`);
    assert.ok(everything?.['00281053'], 'Rescale Slope');
    assert.ok(everything?.['7FE00010']?.BulkDataURI?.startsWith(`${server.url}/dicomweb/studies/${ctStudy}/`));
    const [slope] = await find(`/studies/${ctStudy}/series/${ctSeries}/instances?includefield=RescaleSlope&limit=1`);
    assert.equal(first(slope, '00281053'), 1);
    assert.equal(slope?.['00281052'], undefined);
  });

  it('finds studies of any of several modalities, whichever way a viewer lists them', async () => {
    const of = async (query: string) => (await find(`/studies?${query}`)).length;
    const [ct, mr] = [await of('ModalitiesInStudy=CT'), await of('ModalitiesInStudy=MR')];
    assert.ok(ct > 0 && mr > 0);
    assert.ok((await of('ModalitiesInStudy=CT,MR')) >= Math.max(ct, mr));
    assert.equal(await of('ModalitiesInStudy=CT%5CMR'), await of('ModalitiesInStudy=CT,MR'));
    assert.equal(await of('ModalitiesInStudy=XX,CT'), ct);
    assert.equal(await of('ModalitiesInStudy=M?'), mr);
  });

  it('[DW7] warns of what it does not do and refuses what is no query', async () => {
    const warned = await doctor.fetch('/dicomweb/studies?fuzzymatching=true&PatientName=x');
    assert.equal(
      warned.headers.get('warning'),
      `299 ${server.url}/dicomweb: The fuzzymatching parameter is not supported. Only literal matching has been performed.`,
    );
    // A browser's guard against caches, and what other archives have of their own.
    for (const name of ['_', 'Nonsense', '1234', 'RequestAttributesSequence.ScheduledProcedureStepID']) {
      const ignored = await doctor.fetch(`/dicomweb/studies?${name}=1&PatientID=nobody`);
      assert.equal(ignored.status, 204, name);
      assert.match(ignored.headers.get('warning') ?? '', /is not supported and was ignored/, name);
    }
    const hostile = await doctor.fetch(`/dicomweb/studies?${encodeURIComponent('患者\r\nX-Evil: 1')}=1`);
    assert.match(hostile.headers.get('warning') ?? '', /The parameter [?\w-]+/);
    assert.equal((await doctor.fetch('/dicomweb/studies?StudyDate=yesterday')).status, 400);
    assert.equal((await doctor.fetch('/dicomweb/studies', { headers: { accept: 'text/html' } })).status, 406);
    assert.equal((await doctor.fetch('/dicomweb/studies?accept=application/dicom%2Bxml')).status, 406);
  });
});
