import assert from 'node:assert/strict';
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import { readHeader } from '../../../server/formats/dicom/header.ts';
import { type DicomJson, jsonAttributes } from '../../../server/formats/dicom/json-attributes.ts';
import { decodeFrame } from '../../../server/formats/image/decode.ts';
import { readImage } from '../../../server/formats/image/image.ts';
import { createNodeCodecs } from '../../../server/pictures/thread/node-codecs.ts';
import type { Client } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import {
  CT_SERIES,
  hashOf,
  listData,
  type Reference,
  readImageReferences,
  readParts,
  stow,
} from '../../support/images.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';
import { addressOf, getAs, storeSample, withLargeDocument } from './stored-instance.ts';

const STORED = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';

describe('getting images over DICOMweb', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let doctor: Client;
  let references: Record<string, Reference>;

  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
    references = readImageReferences();
  });
  after(() => server.close());

  const get = (path: string, accept?: string, headers?: Record<string, string>) => getAs(doctor, path, accept, headers);
  const stored = (path: string, change?: (file: Uint8Array) => Uint8Array) => storeSample(doctor, path, change);
  const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());
  const failureOf = async (response: Response) => ((await response.json()) as { code: string }).code;

  it('[DW4] gives every frame of the CT series decoded as the reference decoder does', async () => {
    for (const path of await listData(CT_SERIES)) {
      const address = await stored(path);
      const response = await get(`${address}/frames/1`);
      assert.equal(response.status, 200);
      const [part] = await readParts(response);
      assert.equal(part?.headers.get('content-type'), 'application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1');
      assert.equal(hashOf(part?.body ?? new Uint8Array()), references[path]?.pixels?.sha256, path);
    }
  });

  const lossless = [
    'dicom/syntax/ctimage_jpegls_lossless_80.dcm',
    'dicom/syntax/cq500_j2k_lossless_signed.dcm',
    'dicom/cr-dx-mg/mg_3062x2394_jpeg_lossless.dcm',
    'dicom/multiframe/emri_10f_rle.dcm',
    'dicom/multiframe/mf_fragmented_no_bot_jpegls_80.dcm',
    'dicom/multiframe/nm_heart_13f.dcm',
    'dicom/color/sc_rgb_rle_16bit.dcm',
    'dicom/color/sc_rgb_small_odd_big_endian.dcm',
    'dicom/lut/signed16.dcm',
  ];
  for (const path of lossless) {
    it(`gives the frames of ${path.slice(6)} decoded, and as they are stored`, async () => {
      const address = await stored(path);
      const reference = references[path];
      const frames = Array.from({ length: reference?.frames ?? 1 }, (_, index) => index + 1).join();
      const decoded = await readParts(await get(`${address}/frames/${frames}`));
      assert.equal(hashOf(Buffer.concat(decoded.map((part) => part.body))), reference?.pixels?.sha256);

      const [metadata] = (await (await get(`${address}/metadata`)).json()) as DicomJson[];
      const encoded = await readParts(await get(`${address}/frames/${frames}`, STORED));
      const samples: Uint8Array[] = [];
      for (const [index, part] of encoded.entries()) {
        const type = part.headers.get('content-type') ?? '';
        const uid = /transfer-syntax=([0-9.]+)/.exec(type)?.[1] ?? '';
        const image = readImage(jsonAttributes(metadata ?? {}), index + 1);
        const { data } = await decodeFrame(part.body, image, uid, createNodeCodecs());
        samples.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      }
      assert.equal(hashOf(Buffer.concat(samples)), reference?.pixels?.sha256, 'decoded by the receiver');
    });
  }

  it('[DW4] names stored frames by the media types of PS3.18 table 8.7.3-5', async () => {
    const expected: Record<string, string> = {
      'dicom/syntax/ctimage_jpegls_lossless_80.dcm': 'image/jls; transfer-syntax=1.2.840.10008.1.2.4.80',
      'dicom/multiframe/emri_10f_rle.dcm': 'image/dicom-rle; transfer-syntax=1.2.840.10008.1.2.5',
      'dicom/cr-dx-mg/mg_3062x2394_jpeg_lossless.dcm': 'image/jpeg; transfer-syntax=1.2.840.10008.1.2.4.70',
      'dicom/syntax/cq500_j2k_lossless_signed.dcm': 'image/jp2; transfer-syntax=1.2.840.10008.1.2.4.90',
      'dicom/lut/mr_small.dcm': 'application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1',
    };
    for (const [path, type] of Object.entries(expected)) {
      const response = await get(`${await stored(path)}/frames/1`, STORED);
      assert.match(response.headers.get('content-type') ?? '', new RegExp(`type="${type.split(';')[0]}"`));
      const [part] = await readParts(response);
      assert.equal(part?.headers.get('content-type'), type);
    }
    const single = await get(`${await stored('dicom/syntax/ctimage_jpegls_lossless_80.dcm')}/frames/1`, 'image/jls');
    assert.equal(single.headers.get('content-type'), 'image/jls; transfer-syntax=1.2.840.10008.1.2.4.80');
    assert.deepEqual([...(await bytesOf(single)).subarray(0, 2)], [0xff, 0xd8]);
  });

  it('[DW4] refuses frames that are not there, and forms it does not have', async () => {
    const address = await stored('dicom/multiframe/emri_10f_rle.dcm');
    const status = async (path: string, accept?: string) => (await get(address + path, accept)).status;
    assert.equal(await status('/frames/11'), 404);
    assert.equal(await status('/frames/1,99'), 404);
    assert.equal(await status('/frames/0'), 400);
    assert.equal(await status('/frames/one'), 400);
    assert.equal(await status('/frames/1', 'multipart/related; type="image/jls"'), 406);
    assert.equal(await status('/frames/1,2', 'application/octet-stream'), 406);
    assert.equal(await status('', 'application/dicom; transfer-syntax=1.2.840.10008.1.2.1'), 406);
    assert.equal(await status('/metadata', 'application/dicom+xml'), 406);
    assert.equal(await status('/rendered', 'image/gif'), 406);
    assert.equal(await status('/frames/1,2/rendered'), 400);
    assert.equal(await status('/bulkdata/00100010x'), 400);
    assert.equal(await status('/bulkdata/00420011'), 404);
    assert.equal((await get('/dicomweb/studies/1.2.x')).status, 400);
    assert.equal((await get('/dicomweb/studies/1.2.3')).status, 404);
    assert.equal((await get('/dicomweb/nonsense')).status, 404);
    const report = await stored('dicom/sr/sr_basic_text.dcm');
    assert.equal((await get(`${report}/frames/1`)).status, 406, 'a report has no pixels');
    assert.equal((await get(`${report}/rendered`)).status, 406);
    const video = await stored('dicom/derived/video_mpeg4_102.dcm');
    assert.equal((await get(`${video}/rendered`)).status, 406, 'a video is not drawn');
    assert.equal(await failureOf(await get(`${video}/rendered`)), 'invalid-message');
  });

  it('[DW4] lets a browser keep frames for good and asks for them again with their tag', async () => {
    const address = `${await stored('dicom/lut/ct_small.dcm')}/frames/1`;
    const first = await get(address, STORED);
    assert.equal(first.headers.get('cache-control'), 'private, max-age=3600, must-revalidate');
    assert.match(first.headers.get('vary') ?? '', /accept.*cookie/i);
    const etag = first.headers.get('etag') ?? '';
    const again = await get(address, STORED, { 'if-none-match': etag });
    assert.equal(again.status, 304);
    assert.equal((await bytesOf(again)).length, 0);
    const decoded = await get(`${await stored('dicom/syntax/ctimage_jpegls_lossless_80.dcm')}/frames/1`);
    assert.notEqual(decoded.headers.get('etag'), etag);
  });

  it('[DW3] gives one instance in ranges of bytes', async () => {
    const file = await readData('dicom/lut/ct_small.dcm');
    const address = await stored('dicom/lut/ct_small.dcm');
    const range = await get(address, 'application/dicom', { range: 'bytes=1000-1999' });
    assert.equal(range.status, 206);
    assert.equal(range.headers.get('content-range'), `bytes 1000-1999/${file.length}`);
    assert.equal(hashOf(await bytesOf(range)), hashOf(file.subarray(1000, 2000)));
    const beyond = await get(address, 'application/dicom', { range: `bytes=${file.length}-` });
    assert.equal(beyond.status, 416);
    assert.equal(beyond.headers.get('content-range'), `bytes */${file.length}`);
    const head = await doctor.fetch(address, { method: 'HEAD', headers: { accept: 'application/dicom' } });
    assert.equal(Number(head.headers.get('content-length')), file.length);
  });

  it('[DW5] gives the metadata of a series in Unicode, small, and says when nothing has changed', async () => {
    const files = await Promise.all((await listData('dicom/series/mr-brain-axial')).map(readData));
    assert.equal((await stow(doctor, files)).status, 200);
    const series = addressOf(files[0] ?? new Uint8Array()).split('/instances/')[0] ?? '';
    const response = await get(`${series}/metadata`, 'application/dicom+json');
    assert.equal(response.headers.get('content-type'), 'application/dicom+json');
    assert.equal(response.headers.get('content-encoding'), 'gzip');
    const datasets = (await response.json()) as DicomJson[];
    assert.equal(datasets.length, files.length);
    const uids = datasets.map((dataset) => dataset['00080018']?.Value?.[0]);
    assert.deepEqual(uids.slice().sort(), files.map((file) => readHeader(file).sopInstanceUid).sort());
    const numbers = datasets.map((dataset) => Number(dataset['00200013']?.Value?.[0]));
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
      'in order of instance number',
    );
    const etag = response.headers.get('etag') ?? '';
    assert.equal((await get(`${series}/metadata`, 'application/dicom+json', { 'if-none-match': etag })).status, 304);

    const chinese = await stored('dicom/derived/name_gb18030_4byte.dcm');
    const [named] = (await (await get(`${chinese}/metadata`)).json()) as DicomJson[];
    assert.deepEqual(named?.['00080005']?.Value, ['ISO_IR 192']);
    assert.match(JSON.stringify(named?.['00100010']), /[\u4e00-\u9fff]/);
  });

  it('[DW5] compresses metadata only for those who can read that', async () => {
    const address = `${await stored('dicom/lut/ct_small.dcm')}/metadata`;
    const { hostname, port } = new URL(server.url);
    const read = (headers: Record<string, string>) =>
      new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
        const sent = request(
          { hostname, port, path: address, headers: { cookie: doctor.cookie, ...headers } },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.on('end', () =>
              resolve({ encoding: answer.headers['content-encoding'], body: Buffer.concat(chunks) }),
            );
          },
        );
        sent.on('error', reject).end();
      });
    const plain = await read({});
    assert.equal(plain.encoding, undefined);
    const packed = await read({ 'accept-encoding': 'gzip' });
    assert.equal(packed.encoding, 'gzip');
    assert.equal(gunzipSync(packed.body).toString(), plain.body.toString());
    assert.equal((await read({ 'accept-encoding': 'gzip;q=0, identity' })).encoding, undefined);
  });

  it('[DW5] finds every large value that metadata names by its address', async () => {
    const address = await stored('dicom/derived/pdf_gb18030_title.dcm', withLargeDocument);
    const [metadata] = (await (await get(`${address}/metadata`)).json()) as DicomJson[];
    const uri = metadata?.['00420011']?.BulkDataURI ?? '';
    assert.ok(uri.startsWith(`${server.url}/dicomweb/studies/`), uri);
    const single = await bytesOf(await get(new URL(uri).pathname, 'application/octet-stream'));
    assert.equal(Buffer.from(single.subarray(0, 5)).toString(), '%PDF-');
    const [part] = await readParts(await get(new URL(uri).pathname));
    assert.equal(hashOf(part?.body ?? new Uint8Array()), hashOf(single));

    const image = await stored('dicom/multiframe/nm_heart_13f.dcm');
    const [described] = (await (await get(`${image}/metadata`)).json()) as DicomJson[];
    const pixels = await readParts(await get(new URL(described?.['7FE00010']?.BulkDataURI ?? '').pathname));
    assert.equal(pixels.length, 13, 'pixel data as its frames');
  });

  it('[DW6] draws a picture in the window, size and region that is asked for', async () => {
    const path = 'dicom/series/ct-chest-lidc0314';
    const [first = ''] = await listData(path);
    const address = await stored(first);
    const draw = async (query: string, accept = 'image/png') => {
      const response = await get(`${address}/frames/1/rendered?${query}`, accept);
      assert.equal(response.status, 200, query);
      assert.equal(response.headers.get('content-type'), accept);
      const { data, info } = await sharp(await bytesOf(response))
        .raw()
        .toBuffer({ resolveWithObject: true });
      return { data, ...info };
    };
    const file = await readData(first);
    const [metadata] = (await (await get(`${address}/metadata`)).json()) as DicomJson[];
    const image = readImage(jsonAttributes(metadata ?? {}), 1);
    const [part] = await readParts(await get(`${address}/frames/1`));
    const stored16 = new Int16Array(new Uint8Array(part?.body ?? []).buffer);

    const whole = await draw('window=-600,1500,linear');
    assert.deepEqual([whole.width, whole.height], [512, 512]);
    for (const pixel of [0, 1000, 512 * 256 + 256, 512 * 300 + 100]) {
      const hu = (stored16[pixel] ?? 0) * image.rescaleSlope + image.rescaleIntercept;
      // PS3.3 section C.11.2.1.2.1
      const gray = Math.min(255, Math.max(0, ((hu + 600.5) / 1499 + 0.5) * 255));
      assert.ok(Math.abs((whole.data[pixel * whole.channels] ?? -1) - gray) <= 0.51, `pixel ${pixel}`);
    }
    const small = await draw('viewport=200,100');
    assert.deepEqual([small.width, small.height], [100, 100], 'fits and keeps its shape');
    const region = await draw('viewport=64,64,100,200,64,64&window=-600,1500,linear');
    assert.equal(region.data[0], whole.data[(200 * 512 + 100) * whole.channels]);
    const flipped = await draw('viewport=64,64,100,200,-64,64&window=-600,1500,linear');
    assert.equal(flipped.data[63 * flipped.channels], region.data[0]);
    const jpeg = await get(`${address}/rendered?quality=10`);
    assert.equal(jpeg.headers.get('content-type'), 'image/jpeg', 'the default');
    assert.ok((await bytesOf(jpeg)).length < (await bytesOf(await get(`${address}/rendered?quality=95`))).length);
    assert.equal((await get(`${address}/rendered?window=1,0,linear`)).status, 400);
    assert.equal((await get(`${address}/rendered?viewport=10,10,500,0,64,64`)).status, 400);
    assert.equal(readHeader(file).numberOfFrames, 1);
  });

  it('draws colour as the reference renderer does', async () => {
    for (const path of ['dicom/color/testpattern_palette.dcm', 'dicom/us/us_ybr_full_rle.dcm']) {
      const response = await get(`${await stored(path)}/rendered`, 'image/png');
      const { channels } = await sharp(await bytesOf(response)).stats();
      const mean = channels.slice(0, 3).reduce((sum, channel) => sum + channel.mean, 0) / Math.min(3, channels.length);
      assert.ok(Math.abs(mean - (references[path]?.rendered8?.mean ?? -99)) < 1, `${path}: ${mean}`);
    }
  });

  it('goes on after a receiver that leaves in the middle', async () => {
    const address = await stored('dicom/cr-dx-mg/mg_3062x2394_jpeg_lossless.dcm');
    for (let index = 0; index < 5; index += 1) {
      const abort = new AbortController();
      const response = await doctor.fetch(`${address}/frames/1`, { signal: abort.signal });
      await response.body?.getReader().read();
      abort.abort();
    }
    assert.equal((await get(`${address}/frames/1`)).status, 200);
  });
});
