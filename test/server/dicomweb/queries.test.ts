import assert from 'node:assert/strict';
import { Failure } from '../../../server/contract/index.ts';
import { parseRendering } from '../../../server/dicomweb/rendered-request.ts';
import { parseSearch } from '../../../server/dicomweb/search-request.ts';
import { findByteRange } from '../../../server/http/byte-range.ts';

describe('queries of DICOMweb', () => {
  const parse = (query: string) => parseSearch(new URLSearchParams(query));
  const refused = (work: () => unknown) =>
    assert.throws(work, (err) => err instanceof Failure && err.code === 'invalid-message');

  it('take attributes by keyword and by tag', () => {
    assert.deepEqual(parse('PatientID=7').matches, parse('00100020=7').matches);
    assert.deepEqual(parse('PatientID=7').matches, [
      { level: 'study', field: 'patientId', kind: 'any-of', values: ['7'] },
    ]);
    assert.deepEqual(parse('StudyDate=20240101-20241231').matches, [
      { level: 'study', field: 'studyDate', kind: 'range', from: '20240101', to: '20241231' },
    ]);
    assert.deepEqual(parse('StudyDate=-20241231').matches[0], {
      level: 'study',
      field: 'studyDate',
      kind: 'range',
      from: undefined,
      to: '20241231',
    });
    assert.deepEqual(parse('StudyDate=20240101').matches[0], {
      level: 'study',
      field: 'studyDate',
      kind: 'range',
      from: '20240101',
      to: '20240101',
    });
    assert.deepEqual(parse('StudyInstanceUID=1.2,1.3\\1.4').matches[0], {
      level: 'study',
      field: 'studyInstanceUid',
      kind: 'any-of',
      values: ['1.2', '1.3', '1.4'],
    });
    assert.deepEqual(parse('PatientName=*&AccessionNumber=').matches, [], 'universal matching');
    assert.deepEqual(
      parse('includefield=PatientAge,00081030&includefield=StudyDescription').include,
      new Set(['00101010', '00081030']),
    );
    assert.equal(parse('includefield=all').include, 'all');
  });

  it('say what is not supported and refuse what is no query', () => {
    assert.match(parse('fuzzymatching=true').warnings[0] ?? '', /^The fuzzymatching parameter is not supported/);
    assert.match(parse('PatientComments=x').warnings[0] ?? '', /PatientComments is not supported/);
    assert.match(parse('RequestAttributesSequence.RequestedProcedureID=x').warnings[0] ?? '', /not supported/);
    assert.match(parse('NoSuchKeyword=1').warnings[0] ?? '', /NoSuchKeyword is not supported/);
    assert.match(parse('_=1732870000').warnings[0] ?? '', /not supported/);
    for (const query of [
      'StudyDate=2024',
      'StudyDate=-',
      'limit=-1',
      'limit=x',
      'offset=1.5',
      'fuzzymatching=maybe',
      'StudyInstanceUID=1.2.x',
      'SeriesNumber=one',
      'includefield=Nonsense',
    ])
      refused(() => parse(query));
  });

  it('name a window, a viewport with its source region, and a quality', () => {
    const size = { rows: 100, columns: 200 };
    const render = (query: string) => parseRendering(new URLSearchParams(query), size);
    assert.deepEqual(render(''), { window: null, viewport: null, quality: 90 });
    assert.deepEqual(render('window=-600,1500.5,sigmoid&quality=50').window, {
      center: -600,
      width: 1500.5,
      function: 'SIGMOID',
    });
    assert.deepEqual(render('window=40,0.5,linear-exact').window?.function, 'LINEAR_EXACT');
    assert.deepEqual(render('viewport=50,60').viewport, { width: 50, height: 60, region: null });
    assert.deepEqual(render('viewport=50,60,10,20,-30,40').viewport?.region, {
      left: 10,
      top: 20,
      width: 30,
      height: 40,
      flipHorizontal: true,
      flipVertical: false,
    });
    for (const query of [
      'window=1',
      'window=1,0,linear',
      'window=a,b,linear',
      'window=1,2,cubic',
      'window=1,2,linear,3',
      'viewport=0,10',
      'viewport=10',
      'viewport=99999,10',
      'viewport=8192,8192',
      'viewport=16384,16384',
      'viewport=10,10,0,0,201,10',
      'viewport=10,10,0,0,0,10',
      'quality=0',
      'quality=101',
      'annotation=patient',
    ])
      refused(() => render(query));
  });

  it('name a range of bytes', () => {
    assert.deepEqual(findByteRange('bytes=0-9', 100), { start: 0, length: 10 });
    assert.deepEqual(findByteRange('bytes=90-', 100), { start: 90, length: 10 });
    assert.deepEqual(findByteRange('bytes=-5', 100), { start: 95, length: 5 });
    assert.deepEqual(findByteRange('bytes=0-500', 100), { start: 0, length: 100 });
    assert.equal(findByteRange('bytes=100-', 100), 'unsatisfiable');
    assert.equal(findByteRange('bytes=-0', 100), 'unsatisfiable');
    for (const header of [undefined, 'bytes=', 'bytes=-', 'bytes=5-4', 'bytes=0-1,3-4', 'lines=0-1'])
      assert.equal(findByteRange(header, 100), undefined);
  });
});
