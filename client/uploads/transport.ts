import { Failure } from '../../server/contract/failure.ts';
import { type UploadInput, UploadView } from '../../server/contract/study.ts';
import { call, failureOf, send } from '../api/http.ts';

/** The two requests that uploading takes. Both throw Failure; an abort is thrown as it is. */
export interface UploadTransport {
  announce(consultationId: string, input: UploadInput, signal: AbortSignal): Promise<UploadView>;
  /** `offset` must be what the server last told as `receivedBytes`. */
  sendChunk(uploadId: string, offset: number, bytes: Blob, signal: AbortSignal): Promise<UploadView>;
}

export const httpTransport: UploadTransport = {
  announce: (consultationId, body, signal) => call('upload:announce', { params: { consultationId }, body, signal }),

  async sendChunk(uploadId, offset, bytes, signal) {
    const content = await bytes.arrayBuffer();
    const hash = await hashOf(content);
    const response = await send(
      `/api/uploads/${encodeURIComponent(uploadId)}/bytes?offset=${offset}`,
      {
        method: 'PUT',
        credentials: 'same-origin',
        headers: {
          'content-type': 'application/octet-stream',
          ...(hash === undefined ? {} : { 'x-chunk-sha256': hash }),
        },
        body: content,
      },
      signal,
    );
    if (!response.ok) throw await failureOf(response);
    const view = UploadView.safeParse(await response.json().catch(() => undefined));
    if (!view.success) throw new Failure('internal', 'the reply to a chunk breaks the contract', { cause: view.error });
    return view.data;
  },
};

/** undefined where the page was not loaded securely: the browser then has no digest, and the hash of the whole file must do. */
async function hashOf(content: ArrayBuffer): Promise<string | undefined> {
  if (!globalThis.isSecureContext) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
