import { Failure } from '../../server/contract/failure.ts';
import { type UploadInput, UploadView } from '../../server/contract/study.ts';
import { call, failureOf, send } from '../api/http.ts';
import { sha256Of } from './sha256.ts';

/** The two requests that uploading takes. Both throw Failure; an abort is thrown as it is. */
export interface UploadTransport {
  announce(consultationId: string, input: UploadInput, signal: AbortSignal): Promise<UploadView>;
  /** `offset` must be what the server last told as `receivedBytes`. */
  sendChunk(uploadId: string, offset: number, bytes: Blob, signal: AbortSignal): Promise<UploadView>;
}

export const httpTransport: UploadTransport = {
  announce: (consultationId, body, signal) => call('upload:announce', { params: { consultationId }, body, signal }),

  async sendChunk(uploadId, offset, bytes, signal) {
    const content = new Uint8Array(await bytes.arrayBuffer());
    const response = await send(
      `/api/uploads/${encodeURIComponent(uploadId)}/bytes?offset=${offset}`,
      {
        method: 'PUT',
        credentials: 'same-origin',
        headers: { 'content-type': 'application/octet-stream', 'x-chunk-sha256': await sha256Of(content) },
        body: content,
      },
      signal,
    );
    if (!response.ok) throw await failureOf(response);
    const answer: unknown = await response.json().catch((cause: unknown) => {
      throw new Failure('unavailable', 'the answer to a chunk broke off', { cause });
    });
    const view = UploadView.safeParse(answer);
    if (!view.success) throw new Failure('internal', 'the reply to a chunk breaks the contract', { cause: view.error });
    return view.data;
  },
};
