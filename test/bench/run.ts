import { benchEcg } from './ecg.ts';
import { benchImaging } from './imaging.ts';
import { benchImport } from './import.ts';
import { benchJoin } from './join.ts';
import { benchNetwork } from './network/network.ts';
import { benchPathology } from './pathology.ts';
import { benchReview } from './review.ts';
import { benchSfu } from './sfu.ts';
import { benchTheatre } from './theatre.ts';

const benches: Record<string, (options: string[]) => Promise<void>> = {
  join: benchJoin,
  review: benchReview,
  imaging: benchImaging,
  ecg: benchEcg,
  pathology: benchPathology,
  sfu: benchSfu,
  theatre: benchTheatre,
  network: benchNetwork,
  import: benchImport,
};

const [name = '', ...options] = process.argv.slice(2);
const bench = benches[name];
if (!bench) {
  process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join('|')}\n`);
  process.exit(2);
}
await bench(options);
