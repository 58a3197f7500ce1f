import { Failure } from '../../server/contract/failure.ts';
import { decodeFrame } from '../../server/formats/image/decode.ts';
import { browserCodecs } from './browser-codecs.ts';
import type { DecodeOrder, DecodeResult } from './decode-protocol.ts';

const codecs = browserCodecs();

self.addEventListener('message', async (event: MessageEvent<DecodeOrder>) => {
  const { orderId, bytes, transferSyntaxUid, description } = event.data;
  try {
    const pixels = await decodeFrame(bytes, description, transferSyntaxUid, codecs);
    answer({ orderId, pixels }, [pixels.data.buffer as ArrayBuffer]);
  } catch (thrown) {
    const failure =
      thrown instanceof Failure
        ? { code: thrown.code, reason: thrown.reason, message: thrown.message }
        : { code: 'internal' as const, reason: undefined, message: String(thrown) };
    answer({ orderId, failure }, []);
  }
});

function answer(result: DecodeResult, transfer: Transferable[]): void {
  self.postMessage(result, { transfer });
}
