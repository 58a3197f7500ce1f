import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * What a browser may do on our pages: nothing from elsewhere. WebAssembly is for the image decoders; inline styles are
 * how the component library writes its sheets.
 * @param sfuUrls the other places that pages talk to, where the sfu is a process of its own: origins, or all of a domain.
 */
export function securityHeaders(sfuUrls: readonly string[], isSecure: boolean): RequestHandler {
  const sfu = sfuUrls.flatMap((url) => [url, url.replace(/^http/, 'ws')]);
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", ...sfu],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isSecure,
    referrerPolicy: { policy: 'no-referrer' },
  });
}
