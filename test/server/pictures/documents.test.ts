import assert from 'node:assert/strict';
import type { DocumentText, MaterialView } from '../../../server/contract/index.ts';
import { stripPhotograph } from '../../../server/formats/document/photograph.ts';
import { submitDraft } from '../../support/cases.ts';
import type { Client } from '../../support/client.ts';
import { readData } from '../../support/data.ts';
import {
  contentItem,
  dicomDocumentByHand,
  element,
  encapsulatedPdf,
  GRAYSCALE_PRESENTATION_STATE,
  KEY_OBJECT_SELECTION,
  RT_STRUCTURE_SET,
  structuredReport,
} from '../../support/dicom-document-by-hand.ts';
import { CT_SERIES, hashOf, listData, stow, uploadFile } from '../../support/images.ts';
import { pdfByHand, squareAt } from '../../support/pdf-by-hand.ts';
import { jpegByHand, pngByHand } from '../../support/photograph-by-hand.ts';
import { type RunningServer, startServer } from '../../support/start-server.ts';

const sheet = pdfByHand({ pages: [{ content: squareAt(0, 0, 9) }, {}, {}] });

describe('documents in a case', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let doctor: Client;
  let specialist: Client;
  let surgeon: Client;

  before(async () => {
    server = await startServer();
    [doctor, specialist, surgeon] = (await Promise.all(
      ['county-doctor', 'specialist', 'surgeon'].map((account) => server.signIn(account)),
    )) as [Client, Client, Client];
  });
  after(() => server.close());

  const newDraft = async () => (await doctor.call('consultation:create')).consultationId;
  const materialsOf = async (consultationId: string): Promise<MaterialView[]> =>
    (await doctor.call('consultation:read', { params: { consultationId } })).materials;
  const send = async (consultationId: string, file: Uint8Array) => {
    const response = await uploadFile(doctor, consultationId, file);
    if (response) assert.equal(response.status, 200, await response.clone().text());
  };
  const refusalOf = async (consultationId: string, file: Uint8Array) => {
    const response = await uploadFile(doctor, consultationId, file);
    assert.ok(response && !response.ok, 'refused');
    return ((await response.json()) as { reason?: string }).reason;
  };
  const addressOf = (consultationId: string, documentId: string) =>
    `/api/consultations/${consultationId}/documents/${documentId}`;

  it('[DO1] are recognised by their content, counted in pages, and handed out as stored', async () => {
    const consultationId = await newDraft();
    const skin = await pngByHand({ bare: true });
    for (const file of [sheet, skin]) await send(consultationId, file);
    const materials = await materialsOf(consultationId);
    // `uploadFile` calls every file image.dcm.
    assert.deepEqual(
      materials.map((material) => material.kind === 'documents' && material.documents),
      [
        [
          {
            documentId: hashOf(sheet),
            type: 'pdf',
            description: 'image.dcm',
            number: null,
            pageCount: 3,
            sizeBytes: sheet.length,
          },
        ],
        [
          {
            documentId: hashOf(skin),
            type: 'photograph',
            description: 'image.dcm',
            number: null,
            pageCount: null,
            sizeBytes: skin.length,
          },
        ],
      ],
    );
    for (const [file, mediaType] of [
      [sheet, 'application/pdf'],
      [skin, 'image/png'],
    ] as const) {
      const response = await doctor.fetch(addressOf(consultationId, hashOf(file)));
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), mediaType);
      assert.match(response.headers.get('cache-control') ?? '', /^private, max-age=3600, must-revalidate$/);
      assert.equal(
        response.headers.get('content-disposition'),
        'attachment',
        'a browser does not open it in our origin',
      );
      assert.equal(hashOf(new Uint8Array(await response.arrayBuffer())), hashOf(file));
      const headers = { 'if-none-match': response.headers.get('etag') ?? '' };
      assert.equal((await doctor.fetch(addressOf(consultationId, hashOf(file)), { headers })).status, 304);
    }
  });

  it('[DO2] what is damaged, cut, locked, or no form that everybody can show, is refused with its reason and not kept', async () => {
    const consultationId = await newDraft();
    const jpeg = await jpegByHand({ bare: true });
    const scrambled = Uint8Array.from(sheet, (byte, index) =>
      index > 20 && index < sheet.length - 60 ? byte ^ 0x55 : byte,
    );
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(64)]);
    const word = Buffer.concat([
      Buffer.from('PK\x03\x04'),
      Buffer.alloc(26),
      Buffer.from('[Content_Types].xml'),
      Buffer.alloc(64),
    ]);
    const cases: [Uint8Array, string][] = [
      [sheet.subarray(0, sheet.length - 40), 'file-truncated'],
      [scrambled, 'file-damaged'],
      [pdfByHand({ pages: [{}], password: 'secret' }), 'pdf-encrypted'],
      [jpeg.subarray(0, jpeg.length - 20), 'file-truncated'],
      [heic, 'photograph-format-unsupported'],
      [word, 'office-format-unsupported'],
    ];
    for (const [file, reason] of cases) assert.equal(await refusalOf(consultationId, file), reason);
    assert.deepEqual(await materialsOf(consultationId), []);
    await send(consultationId, pdfByHand({ pages: [{}], password: '' }));
  });

  it('[DO3] a photograph that says where, when or with what it was taken is refused; stripped it is taken, turned as it was', async () => {
    const consultationId = await newDraft();
    for (const [format, taken] of [
      ['jpeg', await jpegByHand({ orientation: 6 })],
      ['png', await pngByHand()],
    ] as const) {
      assert.equal(await refusalOf(consultationId, taken), 'photograph-metadata');
      await send(consultationId, stripPhotograph(format, taken));
    }
    assert.equal((await materialsOf(consultationId)).length, 2);
  });

  it('[DO4] every byte asks for the grant, and leaves its row in the access log', async () => {
    const { consultationId, caseNumber } = await submittedWith(sheet);
    const address = addressOf(consultationId, hashOf(sheet));
    assert.ok(caseNumber);
    assert.equal((await specialist.fetch(address)).status, 200);
    assert.equal((await surgeon.fetch(address)).status, 404, 'whoever has no grant');
    assert.equal((await specialist.fetch(addressOf(await newDraft(), hashOf(sheet)))).status, 404, 'of another case');
    assert.equal((await specialist.fetch(addressOf(consultationId, 'a'.repeat(64)))).status, 404);
    assert.equal((await fetch(new URL(address, server.url))).status, 401);
    const auditor = await server.signIn('auditor');
    const rows = await auditor.call('audit:accesses', { query: { consultationId } });
    const read = rows.filter((row) => row.subjectKind === 'document' && row.subjectId === hashOf(sheet));
    assert.deepEqual(
      read.map(({ basis }) => basis),
      ['duty-pool'],
    );
  });

  async function submittedWith(file: Uint8Array) {
    const consultationId = await newDraft();
    await send(consultationId, file);
    return submitDraft(doctor, consultationId);
  }

  it('[DO5] of a study what holds no picture is a document: named, not counted among the images; its PDF and its reports are handed out', async () => {
    const consultationId = await newDraft();
    const [path = ''] = await listData(CT_SERIES);
    const ct = await readData(path);
    await send(consultationId, ct);
    const [images] = await materialsOf(consultationId);
    assert.ok(images?.kind === 'imaging');
    const { studyInstanceUid } = images;
    const of = (last: number) => ({ studyInstanceUid, sopInstanceUid: `2.25.80${last}` });
    const text = contentItem('TEXT', '所见', [element('0040A160', 'UT', '未见异常')]);
    const reports = [
      structuredReport('剂量报告', [text], of(2)),
      structuredReport('关键图像', [text], { ...of(3), sopClassUid: KEY_OBJECT_SELECTION }),
    ];
    for (const file of [
      encapsulatedPdf(sheet, of(1)),
      ...reports,
      dicomDocumentByHand({ ...of(4), sopClassUid: GRAYSCALE_PRESENTATION_STATE, modality: 'PR' }),
      dicomDocumentByHand({ ...of(5), sopClassUid: RT_STRUCTURE_SET, modality: 'RTSTRUCT' }),
    ])
      await send(consultationId, file);
    const materials = await materialsOf(consultationId);
    assert.deepEqual(
      materials.map(({ kind }) => kind),
      ['imaging', 'documents'],
    );
    const [imaging, documents] = materials;
    assert.ok(imaging?.kind === 'imaging' && documents?.kind === 'documents');
    assert.equal(
      imaging.series.reduce((sum, one) => sum + one.instanceCount, 0),
      1,
      'one image, as before',
    );
    assert.deepEqual(
      new Map(documents.documents.map(({ documentId, type, pageCount }) => [documentId, [type, pageCount]])),
      new Map([
        ['2.25.801', ['pdf', 3]],
        ['2.25.802', ['structured-report', null]],
        ['2.25.803', ['key-object-selection', null]],
        ['2.25.804', ['presentation-state', null]],
        ['2.25.805', ['radiotherapy', null]],
      ]),
    );
    const pdf = await doctor.fetch(addressOf(consultationId, '2.25.801'));
    assert.equal(pdf.headers.get('content-type'), 'application/pdf');
    // DICOM pads to an even length.
    assert.deepEqual(Buffer.from(await pdf.arrayBuffer()).subarray(0, sheet.length), Buffer.from(sheet));
    const report = (await (await doctor.fetch(addressOf(consultationId, '2.25.802'))).json()) as DocumentText;
    assert.deepEqual(
      [report.title, report.lines.map(({ name, text: said }) => [name, said])],
      ['剂量报告', [['所见', '未见异常']]],
    );
    for (const last of [4, 5])
      assert.equal((await doctor.fetch(addressOf(consultationId, `2.25.80${last}`))).status, 404);
  });

  it('[DO5] an object whose PDF nobody can open is refused by a case, and kept by an archive', async () => {
    const locked = encapsulatedPdf(pdfByHand({ pages: [{}], password: 'secret' }), { sopInstanceUid: '2.25.811' });
    assert.equal(await refusalOf(await newDraft(), locked), 'pdf-encrypted');
    const nothing = dicomDocumentByHand({ sopClassUid: '1.2.840.10008.5.1.4.1.1.104.1', sopInstanceUid: '2.25.812' });
    assert.equal(await refusalOf(await newDraft(), nothing), 'file-damaged');
    assert.equal((await stow(doctor, [locked])).status, 200);
  });
});
