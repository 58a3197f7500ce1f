import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { parseMultipart } from '../../../client/imaging/multipart.ts';
import { Failure } from '../../../server/contract/index.ts';
import { chooseFrameForm, chooseInstanceForm, chooseJson, chooseRendered } from '../../../server/dicomweb/accept.ts';
import { parseAccept, parseMediaType } from '../../../server/dicomweb/media-type.ts';
import { readMultipart } from '../../../server/dicomweb/multipart-reader.ts';
import { composeMultipart } from '../../../server/dicomweb/multipart-writer.ts';
import { parseRendering } from '../../../server/dicomweb/rendered-request.ts';
import { parseSearch } from '../../../server/dicomweb/search-request.ts';
import { findByteRange } from '../../../server/http/byte-range.ts';

/** A small generator of pseudo-random numbers: the same seed, the same test. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function* inPieces(bytes: Uint8Array, sizes: (index: number) => number): AsyncGenerator<Uint8Array> {
  for (let start = 0, index = 0; start < bytes.length; index += 1) {
    const size = Math.max(1, sizes(index));
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

async function readAll(source: AsyncIterable<Uint8Array>, boundary: string) {
  const parts: { type: string | undefined; body: Buffer }[] = [];
  for await (const part of readMultipart(source, boundary)) {
    const chunks: Uint8Array[] = [];
    for await (const bytes of part.body) chunks.push(Buffer.from(bytes));
    parts.push({ type: part.headers.get('content-type'), body: Buffer.concat(chunks) });
  }
  return parts;
}

const body = (text: string): Uint8Array => Buffer.from(text.replaceAll('\n', '\r\n'));

describe('multipart bodies', () => {
  it('come apart as they were put together, however they are cut on the way', async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seeded(seed);
      // A body full of what looks like the beginning of a boundary.
      const alphabet = ['\r\n', '--', '\r', '\n', '-', 'b', '\r\n--b', '\r\n--bound', 'x'];
      const bodies = Array.from({ length: random(5) }, () =>
        Buffer.from(Array.from({ length: random(60) }, () => alphabet[random(alphabet.length)]).join('')),
      );
      const whole = Buffer.concat([
        Buffer.from(random(2) === 0 ? '' : 'a preamble\r\n'),
        ...bodies.flatMap((one, index) => [
          Buffer.from(`${index === 0 ? '' : '\r\n'}--boundary42\r\nContent-Type: a/b${index}\r\n\r\n`),
          one,
        ]),
        Buffer.from(`${bodies.length === 0 ? '' : '\r\n'}--boundary42--\r\nan epilogue`),
      ]);
      const parts = await readAll(
        inPieces(whole, () => 1 + random(12)),
        'boundary42',
      );
      assert.deepEqual(
        parts.map((part) => part.body.toString('latin1')),
        bodies.map((one) => one.toString('latin1')),
        `seed ${seed}`,
      );
      assert.deepEqual(
        parts.map((part) => part.type),
        bodies.map((_, index) => `a/b${index}`),
      );
    }
  });

  it('that are cut off, empty or malformed are refused, never guessed', async () => {
    const wrong = [
      '',
      'no boundary at all',
      '--b\nContent-Type: a/b\n\nthe end is missing',
      '--b\nContent-Type: a/b',
      '--b\nContent-Type: a/b\n\nx\n--b',
      '--b something\n\nx\n--b--',
      '--b\nno colon\n\nx\n--b--',
      `--b\nLong: ${'x'.repeat(40_000)}\n\nx\n--b--`,
    ];
    for (const text of wrong)
      await assert.rejects(
        readAll(
          inPieces(body(text), () => 7),
          'b',
        ),
        Failure,
        text.slice(0, 40),
      );
  });

  it('need no headers in a part, and skip what nobody read', async () => {
    const source = inPieces(body('--b\n\nfirst\n--b  \nA: folded\n  line\n\nsecond\n--b--'), () => 3);
    const seen: string[] = [];
    for await (const part of readMultipart(source, 'b')) {
      if (seen.length > 0) for await (const bytes of part.body) seen.push(Buffer.from(bytes).toString());
      else seen.push(String(part.headers.size));
    }
    assert.equal(seen.join(''), '0second');
  });

  it('are written so that another reader finds the very bytes', async () => {
    const contents = [randomBytes(100_000), Buffer.alloc(0), Buffer.from('\r\n--x--\r\n')];
    const multipart = composeMultipart(
      'application/dicom',
      contents.map((one) => ({ contentType: 'application/dicom', sizeBytes: one.length, open: () => [one] })),
    );
    const stream = new PassThrough({ highWaterMark: 1000 });
    const chunks: Uint8Array[] = [];
    stream.on('data', (bytes: Uint8Array) => chunks.push(bytes));
    await multipart.write(stream);
    const whole = Buffer.concat(chunks);
    assert.equal(whole.length, multipart.sizeBytes);
    const boundary = parseMediaType(multipart.contentType)?.parameters.get('boundary') ?? '';
    assert.deepEqual(
      parseMultipart(new Uint8Array(whole), boundary).map((part) => Buffer.from(part.body).toString('hex')),
      contents.map((one) => one.toString('hex')),
    );
    assert.equal(
      (
        await readAll(
          inPieces(whole, () => 999),
          boundary,
        )
      ).length,
      3,
    );
  });
});

describe('what a DICOMweb client says it accepts', () => {
  const J2K = '1.2.840.10008.1.2.4.90';
  const NATIVE = '1.2.840.10008.1.2.1';
  const frame = (accept: string, uid = J2K, frames = 1) => {
    const form = chooseFrameForm(parseAccept(accept), uid, frames);
    return form && `${form.isMultipart ? 'parts' : 'single'} ${form.asStored ? 'stored' : 'decoded'} ${form.mediaType}`;
  };

  it('decides between stored and decoded frames, PS3.18 section 8.7.3', () => {
    assert.equal(frame(''), 'parts decoded application/octet-stream');
    assert.equal(frame('*/*'), 'parts decoded application/octet-stream');
    assert.equal(frame('multipart/related; type="application/octet-stream"'), 'parts decoded application/octet-stream');
    const any = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
    assert.equal(frame(any), 'parts stored image/jp2');
    assert.equal(frame(any, NATIVE), 'parts stored application/octet-stream');
    assert.equal(frame(any, '1.2.840.10008.1.2.4.80'), 'parts stored image/jls');
    assert.equal(frame(any, '1.2.840.10008.1.2.5'), 'parts stored image/dicom-rle');
    assert.equal(frame(any, '1.2.3.4'), 'parts stored application/octet-stream');
    assert.equal(frame('multipart/related; type="image/jp2"'), 'parts stored image/jp2');
    assert.equal(frame(`multipart/related; type="image/jp2"; transfer-syntax=${J2K}`), 'parts stored image/jp2');
    assert.equal(frame('multipart/related; type="image/*"; transfer-syntax=*'), 'parts stored image/jp2');
    assert.equal(frame('application/octet-stream'), 'single decoded application/octet-stream');
    assert.equal(frame('image/jp2'), 'single stored image/jp2');
    assert.equal(frame('image/jp2', J2K, 2), undefined, 'two frames are no single part');
    assert.equal(frame('multipart/related; type="image/jpeg"'), undefined);
    assert.equal(frame('multipart/related; type="image/jp2"; transfer-syntax=1.2.840.10008.1.2.4.91'), undefined);
    assert.equal(frame('text/html'), undefined);
    assert.equal(
      frame('multipart/related; type="image/jpeg", multipart/related; type="application/octet-stream";q=0.5'),
      'parts decoded application/octet-stream',
    );
    assert.equal(
      frame('application/octet-stream;q=0.1, multipart/related; type="image/jp2";q=0.9'),
      'parts stored image/jp2',
      'the more wanted first',
    );
  });

  it('decides whether instances and texts can be given at all', () => {
    const instance = (accept: string, uids = [J2K]) => chooseInstanceForm(parseAccept(accept), uids)?.isMultipart;
    assert.equal(instance(''), true);
    assert.equal(instance('multipart/related; type="application/dicom"; transfer-syntax=*'), true);
    assert.equal(instance('application/dicom'), false);
    assert.equal(instance('application/dicom', [J2K, J2K]), undefined);
    assert.equal(instance(`application/dicom; transfer-syntax=${J2K}`), false);
    assert.equal(instance(`application/dicom; transfer-syntax=${NATIVE}`), undefined);
    assert.equal(instance('multipart/related; type="application/dicom+xml"'), undefined);
    assert.equal(chooseJson(parseAccept('application/dicom+json')), 'application/dicom+json');
    assert.equal(chooseJson(parseAccept('application/json')), 'application/json');
    assert.equal(chooseJson(parseAccept('application/dicom+xml, */*;q=0.1')), 'application/dicom+json');
    assert.equal(chooseJson(parseAccept('multipart/related; type="application/dicom+xml"')), undefined);
    assert.equal(chooseRendered(parseAccept('image/webp,image/png;q=0.9')), 'image/png');
    assert.equal(chooseRendered(parseAccept('image/*')), 'image/jpeg');
    assert.equal(chooseRendered(parseAccept('image/png;q=0')), undefined);
  });
});

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
