import { relative } from 'node:path';
import { bundle } from './bundle.mjs';
import { root } from './say.mjs';

/** What a source file finds beside itself it still finds there. */
const keepAddresses = {
  name: 'keep-addresses',
  transform(code, id) {
    if (id.includes('node_modules') || !code.includes('import.meta.')) return null;
    if (/import\.meta\.(?!url\b)/.test(code)) this.error('only import.meta.url is known in a bundled program');
    const address = `new URL(${JSON.stringify(`../../${relative(root, id)}`)}, import.meta.url).href`;
    return { code: code.replaceAll('import.meta.url', address), map: null };
  },
};

/** By the name that `test/support/program.ts` asks for. */
export default bundle('.build/programs', { server: 'server/main.ts', admin: 'server/admin.ts', sfu: 'sfu/main.ts' }, [
  keepAddresses,
]);
