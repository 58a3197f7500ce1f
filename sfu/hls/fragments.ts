const BOX_HEAD_BYTES = 8;

/**
 * Parts fragmented MP4 as it comes out of an encoder (ISO/IEC 14496-12 section 4.2): what stands before the first `moof` is the beginning that
 * every player needs, each `moof` with its `mdat` is a fragment.
 */
export function partFragments(parts: {
  onInit(bytes: Buffer): void;
  onFragment(bytes: Buffer): void;
}): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0);
  let boxes: Buffer[] = [];
  let hasInit = false;
  const take = (type: string, box: Buffer) => {
    if (type === 'moof' && !hasInit) {
      hasInit = true;
      parts.onInit(Buffer.concat(boxes));
      boxes = [];
    }
    boxes.push(box);
    if (type !== 'mdat') return;
    parts.onFragment(Buffer.concat(boxes));
    boxes = [];
  };
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= BOX_HEAD_BYTES) {
      const sizeBytes = rest.readUInt32BE(0);
      if (sizeBytes < BOX_HEAD_BYTES) throw new Error('a box of MP4 without a size');
      if (rest.length < sizeBytes) return;
      take(rest.toString('latin1', 4, BOX_HEAD_BYTES), rest.subarray(0, sizeBytes));
      rest = rest.subarray(sizeBytes);
    }
  };
}
