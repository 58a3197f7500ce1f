import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { Failure } from '../../../server/contract/index.ts';
import { composeMultipart } from '../../../server/dicomweb/multipart-writer.ts';
import { parseMediaType } from '../../../server/formats/media-type.ts';
import { partsOf, readMultipart } from '../../../server/formats/multipart.ts';

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
        (await partsOf(whole, 'boundary42')).map((part) => Buffer.from(part.body).toString('latin1')),
        bodies.map((one) => one.toString('latin1')),
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

  it('are written so that they come apart into the very bytes, in pieces and in memory', async () => {
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
      (await partsOf(new Uint8Array(whole), boundary)).map((part) => Buffer.from(part.body).toString('hex')),
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
