import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { pdfjsData } from './pdfjs-data.ts';
import { precompress } from './precompress.ts';
import { thirdPartyNotices } from './third-party-notices.ts';
import { tokensCss } from './ui/tokens-css.ts';

const { PORT = '3000' } = process.env;
const SERVER = `http://localhost:${PORT}`;
const notices = thirdPartyNotices();

/** Serves ui/tokens.ts as a style sheet, so that CSS and antd draw from one source. */
function designTokens(): Plugin {
  const id = 'virtual:tokens.css';
  return {
    name: 'design-tokens',
    resolveId: (source) => (source === id ? id : undefined),
    load: (source) => (source === id ? tokensCss() : undefined),
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), designTokens(), pdfjsData(), notices.page, precompress()],
  build: {
    outDir: '../.build/client',
    emptyOutDir: true,
    // Windows 7 ends at Chrome 109 and Firefox 115, and county hospitals still have it.
    target: ['chrome109', 'firefox115', 'safari16.4'],
    // Never inline: a strict Content-Security-Policy allows files of this origin, not data: addresses.
    assetsInlineLimit: 0,
    // The viewers and decoders are large on purpose and come in chunks of their own.
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es', plugins: () => [notices.worker()] },
  server: {
    proxy: {
      '/api': SERVER,
      '/dicomweb': SERVER,
      '/healthz': SERVER,
      '/socket.io': { target: SERVER, ws: true },
      '/sfu': { target: SERVER, ws: true },
    },
  },
});
