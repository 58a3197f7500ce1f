import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { firstTexts } from '../../client/i18n/zh-CN/first-texts.ts';
import { zhCn } from '../../client/i18n/zh-CN.ts';
import { zh } from '../support/zh.ts';
import { loadedBy, readImportGraph } from './import-graph.ts';

const browserTests = fileURLToPath(new URL('../browser/', import.meta.url));
/** The steps that several of them share. */
const JOURNEY = '../support/journey.ts';

const textsOf = (area: object): string[] =>
  Object.values(area).flatMap((value) => (typeof value === 'string' ? [value] : textsOf(value)));
const ALL_TEXTS = textsOf(zhCn).join('\n');
/** A line that asks by key may give values, and what somebody types is theirs. */
const ITS_OWN = /\bzh(?:Pattern)?\(|\.(?:fill|pressSequentially|type)\(/;

/** Four Chinese characters in a row that stand in a text of the interface: fewer are as likely a name. */
const findSentences = (source: string): string[] =>
  source
    .split('\n')
    .filter((line) => !ITS_OWN.test(line))
    .flatMap((line) => line.match(/\p{Script=Han}{4,}/gu) ?? [])
    .filter((words) => ALL_TEXTS.includes(words));

describe('the tests in browsers', () => {
  it('ask for what stands on a page by its key, so that a sentence may be worded better', () => {
    const names = readdirSync(browserTests, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    assert.ok(names.length > 50, 'all of them are looked at');
    const found = [JOURNEY, ...names].flatMap((name) =>
      findSentences(readFileSync(browserTests + name, 'utf8')).map((words) => `${name}: ${words}`),
    );
    assert.deepEqual(found, []);
  });

  it('are caught where they would not', () => {
    const text = zh('report:signature.valid');
    for (const line of [
      `await page.getByText('${text}').waitFor();`,
      `await page.getByText(/\\d+ ${text.slice(0, 4)}/).waitFor();`,
      `  ['cannot be reached', '${text}'],`,
    ])
      assert.ok(findSentences(line).length > 0, line);
    for (const line of [
      "await page.getByText('北江省立医院').click();",
      `await page.getByText(zh('shell:removedBy', { name, facility, reason: '${text}' })).waitFor();`,
      `await page.getByLabel(zh('newCase:fields.question')).fill('${text}');`,
    ])
      assert.deepEqual(findSentences(line), [], line);
  });
});

describe('the sign-in page', () => {
  it('shows no text of an area that is loaded only after it', () => {
    const entries = ['client/main.tsx', 'client/pages/sign-in/sign-in.tsx'];
    const files = [...loadedBy(readImportGraph(), entries, ({ isLazy }) => isLazy === true)];
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const areas = files
      .filter((file) => file.startsWith('client/'))
      .flatMap((file) =>
        [...readFileSync(root + file, 'utf8').matchAll(/\bt\(\s*['`](\w+):/g)].map(([, area = '']) => area),
      );
    assert.ok(areas.length > 30, 'the whole page is looked at');
    assert.deepEqual(
      areas.filter((area) => !(area in firstTexts)),
      [],
    );
  });
});

describe('the audit', () => {
  it('has words for each act and each object that the server records', () => {
    const server = fileURLToPath(new URL('../../server/', import.meta.url));
    const sources = readdirSync(server, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('contract/'))
      .map((name) => readFileSync(server + name, 'utf8'));
    const all = (pattern: RegExp, texts: string[]) =>
      texts.flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found));
    const recording = sources
      .flatMap((source) => source.split('\n'))
      .filter((line) => /\b(?:action|recorded)\b|\brecord\(/.test(line));
    const acts = all(/'([a-z-]+:[a-z-]+)'/g, recording).map((act) => act.replace(':', '-'));
    const subjects = all(/\bsubjectKind: '([a-z-]+)'/g, sources);
    assert.ok(acts.length > 150 && subjects.length > 50, `they are found: ${acts.length}, ${subjects.length}`);
    assert.deepEqual(
      acts.filter((act) => !(act in zhCn.audit.actions)),
      [],
    );
    assert.deepEqual(
      subjects.filter((subject) => !(subject in zhCn.audit.subjects)),
      [],
    );
  });
});
