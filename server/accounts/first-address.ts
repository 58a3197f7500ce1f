import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRIVATE_FILE_MODE } from '../runtime/private-folder.ts';
import { type FoundingWork, makeFirstLink } from './founding.ts';

const FILE = 'first-administrator.txt';
/** The client's page. The secret stands behind the hash: a browser tells it neither to a proxy's log nor to another site. */
const FIRST_START_PATH = '/first-start';
const SET_PASSWORD_PATH = '/set-password';

export const firstStartAddress = (url: string, secret: string): string => `${url}${FIRST_START_PATH}#${secret}`;
export const setPasswordAddress = (url: string, secret: string): string => `${url}${SET_PASSWORD_PATH}#${secret}`;

export interface FirstAddressParts {
  work: FoundingWork;
  dataDir: string;
  clock: () => Date;
  /** Where this server is reached from its own machine. */
  url: string;
  /** To whoever started the server; never to the log. */
  print(line: string): void;
}

/**
 * Tells whoever started the server how the first administrator comes in, where nobody administers yet. The address is printed once;
 * until it is used or has expired it also stands in a file that only the server's user reads.
 */
export async function tellFirstAddress(parts: FirstAddressParts): Promise<void> {
  const { work, dataDir, clock, url, print } = parts;
  const link = await makeFirstLink(work, clock());
  if (!link) return forgetFirstAddress(dataDir);
  const file = join(dataDir, FILE);
  if ('open' in link) {
    print(
      `尚无管理员：一次性地址已经生成，${timeOf(link.open.expiresAt)} 前有效，见 ${file}（生成它的那台服务器上）；重新生成：npm run admin -- address`,
    );
    print(
      `no administrator yet: a one-time address was made before, valid until ${link.open.expiresAt}; see ${file} (of the server that made it), or make another: npm run admin -- address`,
    );
    return;
  }
  const { secret, expiresAt } = link.made;
  const address = firstStartAddress(url, secret);
  const lines = [
    `尚无管理员：请在 ${timeOf(expiresAt)} 前打开以下一次性地址，登记第一家机构和第一位管理员（从其他电脑打开时，请将 ${url} 换成本系统的访问地址）：`,
    `no administrator yet: open this one-time address before ${expiresAt} to enter the first facility and the first administrator (elsewhere, put the address that people use in the place of ${url}):`,
    address,
  ];
  await rm(file, { force: true });
  await writeFile(file, `${lines.join('\n')}\n`, { mode: PRIVATE_FILE_MODE, flag: 'wx', flush: true });
  for (const line of lines) print(line);
}

export async function forgetFirstAddress(dataDir: string): Promise<void> {
  await rm(join(dataDir, FILE), { force: true });
}

/** In China's time, as the machine of a hospital shows it. */
export function timeOf(instant: string): string {
  return new Intl.DateTimeFormat('zh-CN', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(
    new Date(instant),
  );
}
