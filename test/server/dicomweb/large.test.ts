import assert from 'node:assert/strict';
import { readDicomFile } from '../../../server/formats/dicom/dicom-file.ts';
import { frameBytes } from '../../../server/formats/dicom/frames.ts';
import type { Client } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import { hashOf, readParts, stow } from '../../support/images.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const LONG_VRS = new Set(['OB', 'OW', 'UN', 'SQ', 'UT']);

function element(tag: number, vr: string, value: Buffer | string): Buffer {
  const raw = typeof value === 'string' ? Buffer.from(value) : value;
  const padded = raw.length % 2 === 0 ? raw : Buffer.concat([raw, Buffer.from(vr === 'UI' ? '\0' : ' ')]);
  return Buffer.concat([head(tag, vr, padded.length), padded]);
}

function head(tag: number, vr: string, length: number): Buffer {
  const isLong = LONG_VRS.has(vr);
  const bytes = Buffer.alloc(isLong ? 12 : 8);
  bytes.writeUInt16LE(tag >>> 16, 0);
  bytes.writeUInt16LE(tag & 0xffff, 2);
  bytes.write(vr, 4, 'latin1');
  if (isLong) bytes.writeUInt32LE(length, 8);
  else bytes.writeUInt16LE(length, 6);
  return bytes;
}

function item(tag: number, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(tag >>> 16, 0);
  bytes.writeUInt16LE(tag & 0xffff, 2);
  bytes.writeUInt32LE(length, 4);
  return bytes;
}

const us = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);

function largeFile(uid: string, transferSyntaxUid: string, frames: number, side: number, pixels: Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from('DICM'),
    element(0x00020010, 'UI', transferSyntaxUid),
    element(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.7.3'),
    element(0x00080018, 'UI', `${uid}.3`),
    element(0x00080060, 'CS', 'OT'),
    element(0x0020000d, 'UI', `${uid}.1`),
    element(0x0020000e, 'UI', `${uid}.2`),
    element(0x00280002, 'US', us(1)),
    element(0x00280004, 'CS', 'MONOCHROME2'),
    element(0x00280008, 'IS', String(frames)),
    element(0x00280010, 'US', us(side)),
    element(0x00280011, 'US', us(side)),
    element(0x00280100, 'US', us(16)),
    element(0x00280101, 'US', us(16)),
    element(0x00280102, 'US', us(15)),
    element(0x00280103, 'US', us(1)),
    ...pixels,
  ]);
}

/** Items of encapsulated pixel data, PS3.5 section A.4; each frame in as many fragments as pieces are given for it. */
function encapsulated(frames: Buffer[][], withTable: boolean): Buffer[] {
  const pieces: Buffer[] = [];
  const offsets: number[] = [];
  let position = 0;
  for (const fragments of frames) {
    offsets.push(position);
    for (const fragment of fragments) {
      pieces.push(item(0xfffee000, fragment.length), fragment);
      position += 8 + fragment.length;
    }
  }
  const table = Buffer.alloc(withTable ? offsets.length * 4 : 0);
  if (withTable) for (const [index, offset] of offsets.entries()) table.writeUInt32LE(offset, index * 4);
  return [head(0x7fe00010, 'OB', 0xffffffff), item(0xfffee000, table.length), table, ...pieces, item(0xfffee0dd, 0)];
}

describe('images larger than what is held in memory', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let doctor: Client;
  let codestream: Buffer;

  before(async () => {
    server = await startServer();
    doctor = await server.signIn('county-doctor');
    const file = readDicomFile(await readData('dicom/syntax/ctimage_jpegls_lossless_80.dcm'));
    const bytes = Buffer.from(frameBytes(file, 1));
    codestream = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
  });
  after(() => server.close());

  async function check(file: Buffer, uid: string, frames: number, expected: (frame: number) => string): Promise<void> {
    assert.ok(file.length > 16 * 1024 ** 2);
    const response = await stow(doctor, [file]);
    assert.equal(response.status, 200, await response.clone().text());
    const address = `/dicomweb/studies/${uid}.1/series/${uid}.2/instances/${uid}.3`;
    for (const frame of [1, 2, Math.ceil(frames / 2), frames]) {
      const accept = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
      const [part] = await readParts(await doctor.fetch(`${address}/frames/${frame}`, { headers: { accept } }));
      assert.equal(hashOf(part?.body ?? new Uint8Array()), expected(frame), `frame ${frame}`);
    }
    const picture = await doctor.fetch(`${address}/frames/${frames}/rendered?viewport=64,64`);
    assert.equal(picture.status, 200);
    assert.equal((await doctor.fetch(`${address}/frames/${frames + 1}`)).status, 404);
    const whole = await doctor.fetch(address, { headers: { accept: 'application/dicom' } });
    assert.equal(hashOf(new Uint8Array(await whole.arrayBuffer())), hashOf(file));
  }

  it('are given frame by frame where they are not compressed', async () => {
    const frameLength = 512 * 512 * 2;
    const pixels = Buffer.alloc(frameLength * 36);
    for (let index = 0; index < pixels.length; index += 2) pixels.writeUInt16LE((index * 7) % 65_536, index);
    for (let frame = 0; frame < 36; frame += 1) pixels.writeUInt16LE(frame, frame * frameLength);
    const file = largeFile('1.2.826.1', '1.2.840.10008.1.2.1', 36, 512, [element(0x7fe00010, 'OW', pixels)]);
    await check(file, '1.2.826.1', 36, (frame) =>
      hashOf(pixels.subarray((frame - 1) * frameLength, frame * frameLength)),
    );
  });

  it('are given frame by frame where a table says where they begin', async () => {
    const count = Math.ceil((18 * 1024 ** 2) / codestream.length);
    const frames = Array.from({ length: count }, () => [codestream.subarray(0, 1000), codestream.subarray(1000)]);
    const file = largeFile('1.2.826.2', '1.2.840.10008.1.2.4.80', count, 512, encapsulated(frames, true));
    await check(file, '1.2.826.2', count, () => hashOf(codestream));
  });

  it('are given frame by frame where only the frames themselves say where they begin', async () => {
    const count = Math.ceil((17 * 1024 ** 2) / codestream.length);
    const frames = Array.from({ length: count }, () => [codestream.subarray(0, 1000), codestream.subarray(1000)]);
    const file = largeFile('1.2.826.3', '1.2.840.10008.1.2.4.80', count, 512, encapsulated(frames, false));
    await check(file, '1.2.826.3', count, () => hashOf(codestream));
  });

  it('are refused where they are cut off', async () => {
    const count = Math.ceil((17 * 1024 ** 2) / codestream.length);
    const frames = Array.from({ length: count }, () => [codestream]);
    const compressed = largeFile('1.2.826.4', '1.2.840.10008.1.2.4.80', count, 512, encapsulated(frames, true));
    const pixels = element(0x7fe00010, 'OW', Buffer.alloc(17 * 1024 ** 2));
    const native = largeFile('1.2.826.5', '1.2.840.10008.1.2.1', 34, 512, [pixels]);
    const short = largeFile('1.2.826.6', '1.2.840.10008.1.2.1', 35, 512, [pixels]);
    for (const file of [compressed.subarray(0, -9), native.subarray(0, -2), short]) {
      const response = await stow(doctor, [file]);
      assert.equal(response.status, 409);
      assert.match(await response.text(), /"00081197":\{"vr":"US","Value":\[49152\]\}/);
    }
    assert.equal((await stow(doctor, [native])).status, 200, 'whole');
  });
});
