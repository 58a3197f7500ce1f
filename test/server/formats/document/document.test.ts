import assert from 'node:assert/strict';
import sharp from 'sharp';
import { Failure } from '../../../../server/contract/failure.ts';
import { readPdfText, readPdf as readPdfWith } from '../../../../server/formats/document/pdf.ts';
import { readPhotograph, requireStripped, stripPhotograph } from '../../../../server/formats/document/photograph.ts';
import { recogniseDocument } from '../../../../server/formats/document/recognise.ts';
import { openNodePdfReader } from '../../../../server/pictures/documents/node-pdf-reader.ts';
import { pdfByHand, squareAt } from '../../../support/pdf-by-hand.ts';
import { jpegByHand, pngByHand, SECRETS } from '../../../support/photograph-by-hand.ts';

const readPdf = (bytes: Uint8Array) => readPdfWith(bytes, openNodePdfReader);
const textIn = (bytes: Uint8Array) => readPdfText(bytes, openNodePdfReader, './');
const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const reasonOf = async (work: () => unknown): Promise<string | undefined> => {
  try {
    await work();
    return undefined;
  } catch (err) {
    assert.ok(err instanceof Failure, String(err));
    return err.reason;
  }
};
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const pixelsOf = async (bytes: Uint8Array) => (await sharp(bytes).raw().toBuffer()).toString('base64');

describe('documents', () => {
  it('are told by their first bytes, whatever they are called', async () => {
    assert.equal(recogniseDocument(pdfByHand({ pages: [{}] })), 'pdf');
    assert.equal(recogniseDocument(bytesOf(`printed by a driver\r\n${'-'.repeat(400)}%PDF-1.4`)), 'pdf');
    assert.equal(recogniseDocument(await jpegByHand()), 'jpeg');
    assert.equal(recogniseDocument(await pngByHand()), 'png');
    for (const head of [
      '\0\0\0\x18ftypheic',
      '\0\0\0\x18ftypavif',
      'RIFF\x24\0\0\0WEBPVP8 ',
      'GIF89a',
      'BM\x36\0\0\0\0\0\0\0',
    ])
      assert.equal(recogniseDocument(bytesOf(head)), 'other-picture', head);
    const zipped = (name: string) => bytesOf(`PK\x03\x04${'\0'.repeat(26)}${name}`);
    for (const head of [
      zipped('[Content_Types].xml'),
      zipped('word/document.xml'),
      bytesOf('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
      bytesOf('{\\rtf1'),
    ])
      assert.equal(recogniseDocument(head), 'office');
    assert.equal(recogniseDocument(zipped('IMG0001.dcm')), undefined, 'any other archive is to be unpacked');
    assert.equal(recogniseDocument(bytesOf('BMI 23.4')), undefined, 'a text');
    const dicom = new Uint8Array(132);
    dicom.set(bytesOf('%PDF-1.4'), 0);
    dicom.set(bytesOf('DICM'), 128);
    assert.equal(recogniseDocument(dicom), undefined, 'a DICOM object with something in its preamble');
  });

  it('[DM5] of a PDF all is read that may name somebody, where no page shows it too', async () => {
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>&#x5F20;&#24314;&#x56fd; &amp;c</a></x:xmpmeta>';
    const text = await textIn(
      pdfByHand({
        pages: [{ entries: '/Annots[9 0 R 10 0 R]' }],
        catalog: '/AcroForm<</Fields[9 0 R 10 0 R]>>/OCProperties<</OCGs[11 0 R]/D<</ON[11 0 R]>>>>/Metadata 12 0 R',
        more: [
          '<</Type/Annot/Subtype/Widget/FT/Tx/T(field-name)/TU(tool-tip)/V(typed)/DV(before)/Rect[0 0 9 9]/P 7 0 R>>',
          '<</Type/Annot/Subtype/Widget/FT/Ch/T(choice)/Opt[[(code-1)(choice-one)](choice-two)]/Rect[9 9 20 20]/P 7 0 R>>',
          '<</Type/OCG/Name(layer-name)>>',
          `<</Type/Metadata/Subtype/XML/Length ${xmp.length}>>\nstream\n${xmp}\nendstream`,
        ],
      }),
    );
    for (const word of ['field-name', 'tool-tip', 'typed', 'choice-one', 'choice-two', 'layer-name', '张建国 &c'])
      assert.ok(text.includes(word), `${word} in ${text}`);
  });

  it('[DM5] a PDF with other files, scripts or an earlier version is not to be shown', async () => {
    const plain = pdfByHand({ pages: [{}] });
    assert.equal(await reasonOf(() => textIn(plain)), undefined);
    const file = '<</Type/Filespec/F(cda.xml)/EF<</F 10 0 R>>>>';
    const bytes = '<</Length 5>>\nstream\nZhang\nendstream';
    const script = '<</S/JavaScript/JS(app.alert\\(1\\))>>';
    const hidden = {
      'an enclosed file': pdfByHand({
        pages: [{}],
        catalog: '/Names<</EmbeddedFiles<</Names[(cda.xml)9 0 R]>>>>',
        more: [file, bytes],
      }),
      'a file that hangs on a page': pdfByHand({
        pages: [{ entries: '/Annots[11 0 R]' }],
        more: [file, bytes, '<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 9 0 R>>'],
      }),
      'a script': pdfByHand({ pages: [{}], catalog: '/OpenAction 9 0 R', more: [script] }),
      'an earlier version': joined(plain, bytesOf('\nstartxref\n0\n%%EOF\n')),
    };
    for (const [what, pdf] of Object.entries(hidden))
      assert.equal(await reasonOf(() => textIn(pdf)), 'pdf-hidden-content', what);
    const quick = bytesOf('%PDF-1.5\n%/Linearized 1\nstartxref\n0\n%%EOF\n');
    assert.equal(await reasonOf(() => textIn(joined(quick, plain))), undefined, 'made for slow lines');
  });

  it('[DM5] a PDF as Word saves it is read, with its two ends, but not what somebody saved on top of it', async () => {
    const saved = pdfByHand({ pages: [{ content: 'BT /F1 12 Tf 50 700 Td (lobectomy) Tj ET' }], isByOffice: true });
    assert.equal(textOf(saved).split('startxref').length, 3);
    assert.match(await textIn(saved), /lobectomy/);
    const note = '\r\n8 0 obj\r\n<</Length 0>>\r\nstream\r\n\r\nendstream\r\nendobj\r\n';
    const on = (section: string) => joined(saved, bytesOf(`${section}\r\nstartxref\r\n0\r\n%%EOF\r\n`));
    const trailer = '<</Size 11/Root 1 0 R/Prev 9>>';
    for (const [what, section] of Object.entries({
      'another page': `${note}xref\r\n8 1\r\n0000000999 00000 n\r\ntrailer\r\n${trailer}`,
      'an object before a table of none': `${note}xref\r\n0 0\r\ntrailer\r\n${trailer}`,
      'a page less': `\r\nxref\r\n8 1\r\n0000000000 00001 f\r\ntrailer\r\n${trailer}`,
      'a table in an object on top': `\r\nxref\r\n0 0\r\ntrailer\r\n<</Size 11/Root 1 0 R/Prev 9/XRefStm 99999>>`,
    }))
      assert.equal(await reasonOf(() => textIn(on(section))), 'pdf-hidden-content', what);
  });

  describe('a photograph that is sent', () => {
    for (const [format, make] of [
      ['jpeg', jpegByHand],
      ['png', pngByHand],
    ] as const)
      it(`says neither place nor time nor device (${format}), and is the same to the last pixel`, async () => {
        const taken = await make({ orientation: 6 });
        const found = SECRETS.filter((secret) => textOf(taken).includes(secret));
        assert.ok(found.length >= 5, `the telephone wrote them: ${found}`);
        const sent = stripPhotograph(format, taken);
        assert.deepEqual(
          SECRETS.filter((secret) => textOf(sent).includes(secret)),
          [],
        );
        assert.equal((await sharp(sent).metadata()).orientation, 6, 'how it is held stays');
        assert.deepEqual(readPhotograph(format, sent), { width: 64, height: 48, orientation: 6 });
        assert.equal(await pixelsOf(sent), await pixelsOf(taken));
        assert.equal(textOf(stripPhotograph(format, sent)), textOf(sent), 'once more changes nothing');
      });

    it('keeps what its colours need, and loses only what is about its making', async () => {
      const wide = new Uint8Array(
        await sharp(await jpegByHand({ bare: true }))
          .withIccProfile('p3')
          .jpeg()
          .toBuffer(),
      );
      assert.ok((await sharp(stripPhotograph('jpeg', wide)).metadata()).icc, 'the colour profile');
      const palette = new Uint8Array(
        await sharp(await pngByHand({ bare: true }))
          .png({ palette: true })
          .toBuffer(),
      );
      assert.equal(await pixelsOf(stripPhotograph('png', palette)), await pixelsOf(palette));
      const progressive = await jpegByHand({ progressive: true });
      assert.equal(await pixelsOf(stripPhotograph('jpeg', progressive)), await pixelsOf(progressive));
    });

    it('is refused by whoever stores it, unless it is stripped', async () => {
      assert.equal(await reasonOf(async () => requireStripped('jpeg', await jpegByHand())), 'photograph-metadata');
      assert.equal(await reasonOf(async () => requireStripped('png', await pngByHand())), 'photograph-metadata');
      requireStripped('jpeg', stripPhotograph('jpeg', await jpegByHand({ orientation: 8 })));
    });

    it('is refused where it is cut, damaged, of a form that browsers do not draw, or of too many pixels', async () => {
      const jpeg = await jpegByHand({ bare: true });
      const png = await pngByHand({ bare: true });
      for (const part of [0.3, 0.7, 0.99]) {
        const cut = (bytes: Uint8Array) => bytes.subarray(0, Math.floor(bytes.length * part));
        assert.equal(await reasonOf(() => readPhotograph('jpeg', cut(jpeg))), 'file-truncated', `JPEG ${part}`);
        assert.equal(await reasonOf(() => readPhotograph('png', cut(png))), 'file-truncated', `PNG ${part}`);
      }
      const spoilt = Uint8Array.from(png);
      spoilt[60] = (spoilt[60] ?? 0) ^ 0xff;
      assert.equal(await reasonOf(() => readPhotograph('png', spoilt)), 'file-damaged');
      const huge = Uint8Array.from(jpeg);
      const frame = Buffer.from(huge).indexOf(Buffer.from([0xff, 0xc0]));
      huge.set([0xff, 0xff, 0xff, 0xff], frame + 5);
      assert.equal(await reasonOf(() => readPhotograph('jpeg', huge)), 'document-too-large');
      const lossless = Uint8Array.from(jpeg);
      lossless[frame + 1] = 0xc3;
      assert.equal(await reasonOf(() => readPhotograph('jpeg', lossless)), 'photograph-format-unsupported');
    });
  });

  describe('a PDF', () => {
    it('has as many pages as its readers show', async () => {
      const pages = Array.from({ length: 12 }, () => ({ content: squareAt(10, 10, 5) }));
      assert.deepEqual(await readPdf(pdfByHand({ pages })), { pageCount: 12 });
    });

    it('that needs a password is refused; one that only forbids printing is not', async () => {
      assert.equal(await reasonOf(() => readPdf(pdfByHand({ pages: [{}], password: 'secret' }))), 'pdf-encrypted');
      assert.deepEqual(await readPdf(pdfByHand({ pages: [{}, {}], password: '' })), { pageCount: 2 });
    });

    it('that is cut is refused, though readers would guess at the rest', async () => {
      const whole = pdfByHand({ pages: Array.from({ length: 5 }, () => ({ content: squareAt(0, 0, 9) })) });
      for (const part of [0.4, 0.8, 0.99])
        assert.equal(
          await reasonOf(() => readPdf(whole.subarray(0, Math.floor(whole.length * part)))),
          'file-truncated',
        );
      const padded = new Uint8Array(whole.length + 4096);
      padded.set(whole);
      assert.deepEqual(await readPdf(padded), { pageCount: 5 }, 'zeros that a disk left behind it are no fault');
    });

    it('that holds nothing, or not what it says, is damaged', async () => {
      assert.equal(await reasonOf(() => readPdf(bytesOf('%PDF-1.4\nnothing at all\n%%EOF\n'))), 'file-damaged');
      const lost = Buffer.from(pdfByHand({ pages: [{}, {}, {}] }))
        .toString('latin1')
        .replaceAll('/Type/Page/', '/Typo/Pogo/');
      assert.equal(await reasonOf(() => readPdf(bytesOf(lost.replaceAll('/Kids', '/Kuds')))), 'file-damaged');
    });
  });
});
