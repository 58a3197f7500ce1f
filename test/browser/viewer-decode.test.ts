import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { readDicomFile } from '../../server/formats/dicom/dicom-file.ts';
import { frameBytes, frameTransferSyntaxUid } from '../../server/formats/dicom/frames.ts';
import { parsedAttributes } from '../../server/formats/dicom/parsed-attributes.ts';
import { decodeFrame } from '../../server/formats/image/decode.ts';
import { readImage } from '../../server/formats/image/image.ts';
import { createNodeCodecs } from '../../server/pictures/thread/node-codecs.ts';
import { launchBrowser } from '../support/browser.ts';
import { readData } from '../support/data.ts';
import { CT_SERIES, hashOf, listData, readImageReferences } from '../support/images.ts';
import { openViewerSite, type ViewerSite } from './viewer-site.ts';

describe('decoding in the browser’s workers', () => {
  let site: ViewerSite;
  let browser: Browser;
  let page: Page;

  before(async function () {
    this.timeout(180_000);
    site = await openViewerSite([]);
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.goto(site.url);
    await page.waitForFunction(() => window.viewerPage?.hashOf !== undefined);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  it('gives the values that the server decodes, in every transfer syntax', async function () {
    this.timeout(180_000);
    const codecs = createNodeCodecs();
    const references = readImageReferences();
    const syntaxes = new Set<string>();
    for (const sample of await listData('dicom/syntax')) {
      const file = readDicomFile(await readData(sample));
      if (!references[sample]?.pixels || file.transferSyntax.codec === null) continue;
      const image = readImage(parsedAttributes(file.dataset));
      const { data } = await decodeFrame(
        frameBytes(file, 1),
        image,
        frameTransferSyntaxUid(file.transferSyntax),
        codecs,
      );
      const expected = hashOf(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      assert.equal(await page.evaluate((path) => window.viewerPage.hashOf(path), sample), expected, sample);
      syntaxes.add(file.transferSyntax.codec);
    }
    assert.deepEqual([...syntaxes].sort(), [
      'htj2k',
      'jpeg-2000',
      'jpeg-baseline',
      'jpeg-extended',
      'jpeg-lossless',
      'jpeg-ls',
      'native',
      'rle',
    ]);
  });

  it('gives the stored values of the CT series as reference decoders do', async function () {
    this.timeout(180_000);
    const references = readImageReferences();
    const samples = (await listData(CT_SERIES)).filter((sample) => sample.endsWith('.dcm'));
    assert.equal(samples.length, 40);
    for (const sample of samples)
      assert.equal(
        await page.evaluate((path) => window.viewerPage.hashOf(path), sample),
        references[sample]?.pixels?.sha256,
        sample,
      );
  });
});
