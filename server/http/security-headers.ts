import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * What a browser may do on our pages: nothing from elsewhere. WebAssembly is for the image decoders; inline styles are
 * how the component library writes its sheets.
 * @param sfuUrl the one other place that pages talk to, where the sfu is a process of its own.
 */
export function securityHeaders(sfuUrl: string | undefined, isSecure: boolean): RequestHandler {
  const sfu = sfuUrl === undefined ? [] : [new URL(sfuUrl).origin, new URL(sfuUrl).origin.replace(/^http/, 'ws')];
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
