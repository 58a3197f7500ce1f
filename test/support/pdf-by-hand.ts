import { createHash } from 'node:crypto';

/*
 * PDFs written without any of the project's code (ISO 32000): a page with a black square at a known place, text in a Chinese font that the
 * file does not bring along, passwords.
 */

export interface PageByHand {
  width?: number;
  height?: number;
  rotate?: 0 | 90 | 180 | 270;
  /** What is drawn, in the operators of a content stream. */
  content?: string;
  /** Of its dictionary, beside the rest. */
  entries?: string;
}

export interface PdfByHand {
  pages: PageByHand[];
  /** RC4 of 40 bits (algorithms 1 to 4 of ISO 32000-1): '' opens for everybody and only forbids. */
  password?: string;
  /** Of the catalogue, beside the pages. */
  catalog?: string;
  /** Objects after those of the pages: of one page they begin with 9. */
  more?: string[];
  /** As Word and Excel save it: a second, empty table at the end names the one that stands as an object. */
  isByOffice?: boolean;
}

/** A black square of that side, its lower left corner at (x, y). */
export const squareAt = (x: number, y: number, side: number): string => `0 g ${x} ${y} ${side} ${side} re f`;

/** Text of UTF-16, in a song typeface that every reader must find by itself. */
export function chineseAt(x: number, y: number, size: number, text: string): string {
  const codes = Buffer.from(text, 'utf16le').swap16().toString('hex');
  return `BT /F2 ${size} Tf ${x} ${y} Td <${codes}> Tj ET`;
}

const FONTS = [
  '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>',
  '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 6 0 R/DW 1000>>',
  '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>',
];
const FIRST_PAGE = 7;
const ID = Buffer.from('0123456789abcdef', 'latin1');

export function pdfByHand({ pages, password, catalog = '', more = [], isByOffice = false }: PdfByHand): Uint8Array {
  const kids = pages.map((_, index) => `${FIRST_PAGE + index * 2} 0 R`);
  const encryption = password === undefined ? undefined : encryptionOf(password);
  const objects: Uint8Array[] = [
    Buffer.from(`<</Type/Catalog/Pages 2 0 R${catalog}>>`),
    Buffer.from(`<</Type/Pages/Count ${pages.length}/Kids[${kids.join(' ')}]>>`),
    ...FONTS.map((font) => Buffer.from(font)),
  ];
  for (const [index, { width = 595, height = 842, rotate = 0, content = '', entries = '' }] of pages.entries()) {
    const number = FIRST_PAGE + index * 2;
    const resources = '<</Font<</F1 3 0 R/F2 4 0 R>>>>';
    objects.push(
      Buffer.from(
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${width} ${height}]/Rotate ${rotate}/Resources ${resources}/Contents ${number + 1} 0 R${entries}>>`,
      ),
      streamOf(encryption ? rc4(encryption.objectKey(number + 1), Buffer.from(content)) : Buffer.from(content)),
    );
  }
  objects.push(...more.map((object) => Buffer.from(object)));
  return isByOffice ? assembleByOffice(objects) : assemble(objects, encryption?.trailer ?? '');
}

function streamOf(content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`<</Length ${content.length}>>\nstream\n`), content, Buffer.from('\nendstream')]);
}

function assemble(objects: Uint8Array[], trailer: string): Uint8Array {
  const pieces: Uint8Array[] = [Buffer.from('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  const lengthSoFar = () => pieces.reduce((sum, piece) => sum + piece.length, 0);
  for (const [index, object] of objects.entries()) {
    offsets.push(lengthSoFar());
    pieces.push(Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n'));
  }
  const table = lengthSoFar();
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  pieces.push(
    Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`),
    Buffer.from(`trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${table}\n%%EOF\n`),
  );
  return new Uint8Array(Buffer.concat(pieces));
}

/** Its order, line ends and keys, uncompressed (ISO 32000-2, 7.5.8.4). */
function assembleByOffice(objects: Uint8Array[]): Uint8Array {
  const size = objects.length + 2;
  let bytes = Buffer.from('%PDF-1.7\r\n%\xb5\xb5\xb5\xb5\r\n', 'latin1');
  const add = (...pieces: (string | Uint8Array)[]): void => {
    bytes = Buffer.concat([bytes, ...pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))]);
  };
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(bytes.length);
    add(`${index + 1} 0 obj\r\n`, object, '\r\nendobj\r\n');
  }
  const tableObject = bytes.length;
  offsets.push(tableObject);
  const rows = Buffer.alloc(size * 7);
  rows.writeUInt16BE(0xffff, 5);
  for (const [index, offset] of offsets.entries()) {
    rows.writeUInt8(1, (index + 1) * 7);
    rows.writeUInt32BE(offset, (index + 1) * 7 + 1);
  }
  const trailer = `/Size ${size}/Root 1 0 R/ID[<${ID.toString('hex')}><${ID.toString('hex')}>] `;
  add(`${size - 1} 0 obj\r\n<</Type/XRef/W[ 1 4 2] ${trailer}/Length ${rows.length}>>\r\nstream\r\n`);
  add(rows, '\r\nendstream\r\nendobj\r\n');
  const first = bytes.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n\r\n`);
  add(`xref\r\n0 ${size}\r\n0000000000 65535 f\r\n${entries.join('')}`);
  add(`trailer\r\n<<${trailer}>>\r\nstartxref\r\n${first}\r\n%%EOF\r\n`);
  const second = bytes.length;
  add(`xref\r\n0 0\r\ntrailer\r\n<<${trailer}/Prev ${first}/XRefStm ${tableObject}>>\r\n`);
  add(`startxref\r\n${second}\r\n%%EOF`);
  return new Uint8Array(bytes);
}

const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const PERMISSIONS = -44;
const KEY_BYTES = 5;
const md5 = (...pieces: Uint8Array[]) => createHash('md5').update(Buffer.concat(pieces)).digest();
const padded = (password: string) => Buffer.concat([Buffer.from(password, 'latin1'), PADDING]).subarray(0, 32);

function encryptionOf(password: string) {
  const owner = rc4(md5(padded('owner')).subarray(0, KEY_BYTES), padded(password));
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(PERMISSIONS);
  const key = md5(padded(password), owner, permissions, ID).subarray(0, KEY_BYTES);
  const user = rc4(key, PADDING);
  const dictionary = `<</Filter/Standard/V 1/R 2/O<${owner.toString('hex')}>/U<${user.toString('hex')}>/P ${PERMISSIONS}>>`;
  return {
    trailer: `/Encrypt ${dictionary}/ID[<${ID.toString('hex')}><${ID.toString('hex')}>]`,
    objectKey(number: number): Buffer {
      const extended = Buffer.from([number & 0xff, (number >> 8) & 0xff, 0, 0, 0]);
      return md5(key, extended).subarray(0, KEY_BYTES + 5);
    },
  };
}

function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number) => {
    [state[a], state[b]] = [state[b] as number, state[a] as number];
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + (state[i] as number) + (key[i % key.length] as number)) & 0xff;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Buffer.from(
    data.map((byte) => {
      i = (i + 1) & 0xff;
      j = (j + (state[i] as number)) & 0xff;
      swap(i, j);
      return byte ^ (state[((state[i] as number) + (state[j] as number)) & 0xff] as number);
    }),
  );
}
