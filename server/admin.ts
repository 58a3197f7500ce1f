import { userInfo } from 'node:os';
import { firstStartAddress, forgetFirstAddress, setPasswordAddress, timeOf } from './accounts/first-address.ts';
import {
  disableAccount,
  listAccountLines,
  makeAdministratorAddress,
  makeFirstAddress,
  type OperatorParts,
  resetAccountFactor,
  unlockAccount,
} from './accounts/operator.ts';
import { type Config, loadConfig } from './config.ts';
import { Failure, type MadeLink } from './contract/index.ts';
import { openDatabase } from './database/database.ts';
import { type ResealRefusal, ResealRefused } from './database/field-key/reseal.ts';
import { changeFieldKey } from './field-key/change.ts';
import { keepFactorNotices } from './notices/factor-notice.ts';
import { createFieldSeal, loadFieldSecret } from './patients/seal.ts';
import { securePrivateFolder } from './runtime/private-folder.ts';

/** What a shell is told: done; refused, and why stands on standard error; called wrongly; the database or the settings are at fault. */
const EXIT = { done: 0, refused: 1, usage: 2, fault: 3 } as const;

const USAGE = `用法 / usage: npm run admin -- <verb>

  address                     首位管理员的一次性地址，30 分钟内有效 / a one-time address for the first administrator, good for 30 minutes
  address <account>           系统、安全或审计管理员忘记密码时，为其生成一次性地址 / for a system, security or audit administrator who has lost the password
  unlock <account>            解除因输错密码造成的锁定 / open what wrong passwords have locked
  disable <account> [reason]  停用账号，立即退出所有登录 / close an account; it is signed out everywhere at once
  reset-factor <account>      移除账号的两步验证，立即退出所有登录 / take the second factor off an account; it is signed out everywhere
  list                        列出所有账号 / list all accounts
  reseal                      更换字段加密密钥（FIELD_SECRET）；须先停止所有服务器 / change the key that seals fields; all servers must be stopped
`;

const say = (line: string) => void process.stdout.write(`${line}\n`);

type Command = (config: Config) => Promise<void>;

/** A command that works beside running servers, on the database as it is. */
function onDatabase(run: (parts: OperatorParts, config: Config) => Promise<void>): Command {
  return async (config) => {
    const seal = createFieldSeal(await loadFieldSecret(config.dataDir, config.fieldSecret));
    const database = await openDatabase(config.databaseUrl, seal);
    try {
      await run({ work: database, operator: userInfo().username, at: new Date() }, config);
    } finally {
      await database.close();
    }
  };
}

const urlOf = ({ port }: Config): string => `http://localhost:${port}`;

async function firstAddress(parts: OperatorParts, config: Config): Promise<void> {
  const link = await makeFirstAddress(parts);
  // What an earlier start left there is good no more.
  await forgetFirstAddress(config.dataDir);
  tellAddress(firstStartAddress(urlOf(config), link.secret), urlOf(config), link);
}

async function administratorAddress(parts: OperatorParts, config: Config, login: string): Promise<void> {
  const link = await makeAdministratorAddress(parts, login);
  tellAddress(setPasswordAddress(urlOf(config), link.secret), urlOf(config), link);
}

async function unlock(parts: OperatorParts, login: string): Promise<void> {
  const account = await unlockAccount(parts, login);
  say(`已解除锁定：${account.login}\nunlocked: ${account.login}`);
}

async function resetFactor(parts: OperatorParts, login: string): Promise<void> {
  const account = await resetAccountFactor(parts, login);
  await keepFactorNotices(parts.work, account.accountId, { byAccountId: null, at: parts.at });
  say(`已移除两步验证：${account.login}；正在运行的服务器会在两秒内使其退出`);
  say(`second factor removed: ${account.login}; running servers sign it out within two seconds`);
}

async function disable(parts: OperatorParts, login: string, reason: string): Promise<void> {
  const account = await disableAccount(parts, login, reason);
  say(`已停用：${account.login}；正在运行的服务器会在两秒内使其退出`);
  say(`disabled: ${account.login}; running servers sign it out within two seconds`);
}

const TOLD_EVERY_ROWS = 50_000;

async function reseal(config: Config): Promise<void> {
  const tell = (table: string, rows: number) => {
    if (rows % TOLD_EVERY_ROWS === 0) say(`${table}: ${rows}`);
  };
  const done = await changeFieldKey(config, { operator: userInfo().username, tell });
  const { recoveryCodesOf, resealed, damaged, place, formerFile } = done;
  say('字段加密密钥已更换，可以启动服务器');
  say('the key that seals fields is changed: servers may be started');
  if (place === 'environment') {
    say('请先将 FIELD_SECRET 改为 NEXT_FIELD_SECRET 的值');
    say('first set FIELD_SECRET to what NEXT_FIELD_SECRET is');
  }
  if (resealed > 0) say(`签署凭证 / evidence of consents: ${resealed}`);
  if (recoveryCodesOf > 0) {
    say(`${recoveryCodesOf} 人的两步验证恢复码已失效，请其在“我的账号”中重新生成`);
    say(
      `the recovery codes of ${recoveryCodesOf} people are good no more: they make new ones on the page of their own account`,
    );
  }
  if (formerFile !== undefined) {
    say(`此前的备份须用旧密钥打开，请将其移到备份所在之处：${formerFile}`);
    say(`backups from before open under the former key: move it to where they are: ${formerFile}`);
  }
  for (const sha256 of damaged) say(`签署凭证已损坏，未能更换 / damaged, and left as it was: ${sha256}`);
}

/** @returns undefined where the verb is none, or its words do not fit. */
function findCommand([verb, login, ...rest]: string[]): Command | undefined {
  if (login === undefined) {
    if (verb === 'reseal') return reseal;
    if (verb === 'list') return onDatabase(list);
    return verb === 'address' ? onDatabase(firstAddress) : undefined;
  }
  if (verb === 'disable') return onDatabase((parts) => disable(parts, login, rest.join(' ').trim()));
  if (rest.length > 0) return undefined;
  if (verb === 'address') return onDatabase((parts, config) => administratorAddress(parts, config, login));
  if (verb === 'reset-factor') return onDatabase((parts) => resetFactor(parts, login));
  return verb === 'unlock' ? onDatabase((parts) => unlock(parts, login)) : undefined;
}

function tellAddress(address: string, url: string, { expiresAt }: MadeLink): void {
  say(`一次性地址，${timeOf(expiresAt)} 前有效（从其他电脑打开时，请将 ${url} 换成本系统的访问地址）：`);
  say(
    `a one-time address, good until ${expiresAt} (elsewhere, put the address that people use in the place of ${url}):`,
  );
  say(address);
}

async function list(parts: OperatorParts): Promise<void> {
  const lines = await listAccountLines(parts);
  if (lines.length === 0) say('还没有账号 / no accounts yet');
  for (const { login, name, role, facilityName, state, isDemo } of lines)
    say([login, state, role, isDemo ? 'demo' : '-', name, facilityName].join('\t'));
}

/** In both languages: whoever stands at the machine has no page that could be switched. */
function refusalText({ code, reason, message }: Failure): string {
  if (code === 'unavailable') return message;
  if (reason === 'administrator-exists')
    return '已有系统管理员：请指明其账号，npm run admin -- address <account>\na system administrator exists: name the account, npm run admin -- address <account>';
  if (reason === 'last-administrator')
    return '该角色（系统、安全或审计管理员）只有这一个在用的账号，不能停用\nthis is the only account in use of its office (system, security or audit administrator) and cannot be disabled';
  if (reason === 'demo-account')
    return '演示账号的密码是公开的，不能更改\nthe password of a demo account is public and stays as it is';
  if (reason === 'second-factor-unknown') return '该账号没有设置两步验证\nthe account has no second factor';
  if (reason === 'state-not-allowed') return '该账号已停用\nthe account is disabled';
  if (code === 'not-found') return '没有这个账号\nno such account';
  return '该账号不是系统、安全或审计管理员：请由其管理员在“人员”页面重置\nno system, security or audit administrator: their own administrator resets it on the page of people';
}

const RESEAL_REFUSALS: Record<ResealRefusal, string> = {
  'in-use':
    '数据库正在使用：请先停止所有服务器，并关闭其他打开此数据库的程序\nthe database is in use: stop all servers first, and whatever else has it open',
  behind:
    '数据库尚未更新到此版本：请先启动一次服务器，再停止\nthe database is of an earlier version: start the server once, then stop it',
  'begun-with-another':
    '更换已用另一个密钥开始：请用同一个 NEXT_FIELD_SECRET 继续\na change to another key has begun: go on with the same NEXT_FIELD_SECRET',
};

async function carryOut(command: Command): Promise<number> {
  const config = loadConfig(process.env);
  process.umask(0o077);
  await securePrivateFolder(config.dataDir);
  try {
    await command(config);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof Failure || error instanceof ResealRefused)) throw error;
    process.stderr.write(`${error instanceof Failure ? refusalText(error) : RESEAL_REFUSALS[error.why]}\n`);
    return EXIT.refused;
  }
}

const command = findCommand(process.argv.slice(2));
if (!command) {
  process.stderr.write(USAGE);
  process.exitCode = EXIT.usage;
} else
  try {
    process.exitCode = await carryOut(command);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT.fault;
  }
