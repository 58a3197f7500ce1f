import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ConsultationState } from '../../server/contract/index.ts';

const client = fileURLToPath(new URL('../../client/', import.meta.url));
const STATE = `(?:${ConsultationState.options.join('|')})`;
/** The state of a case: of a view, a line of the work list, or whatever else a variable for a case is called. */
const OF_A_CASE = String.raw`\b(?:view|line|consultation|summary|case\w*|one)\??\.state\b`;
/** A state in quotes, where it can only be one that is compared or listed; and the state of a case in a question. */
const DECIDING = [
  new RegExp(String.raw`(?:[!=]==?|case|\[|,|\(|\?)\s*['"]${STATE}['"]`),
  new RegExp(String.raw`${OF_A_CASE}\s*(?:[!=]==?|\?(?!\.)|&&|\|\|)`),
  new RegExp(String.raw`(?:[!=]==?|switch \(|includes\(|has\(|\[)\s*${OF_A_CASE}`),
];
/** Words of other things than a case that sound the same. */
const OTHERS = ['i18n/', 'uploads/', 'review/', 'call/'];

const findDeciding = (text: string): string[] =>
  text.split('\n').filter((text) => DECIDING.some((pattern) => pattern.test(text)));

describe('the client', () => {
  it('[CO20] shows the state of a case and decides nothing by it', () => {
    const names = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
    assert.ok(names.length > 300, 'the whole client is looked at');
    const found = names
      .filter((name) => !OTHERS.some((folder) => name.startsWith(folder)))
      .flatMap((name) => findDeciding(readFileSync(client + name, 'utf8')).map((text) => `${name}: ${text.trim()}`));
    assert.deepEqual(found, []);
  });

  it('is caught where it would', () => {
    for (const text of [
      "const isSupplement = view.state === 'supplement';",
      "if (['submitted', 'accepted'].includes(view.state)) return;",
      'return ORDER[line.state];',
      "state === 'declined' || state === 'cancelled' ? state : undefined",
      'if (view.state !== before.state) tell();',
      'switch (consultation.state) {',
      "    case 'in-consultation':",
    ])
      assert.equal(findDeciding(text).length, 1, text);
    for (const text of ['<StateTag state={view.state} />', 't(nameOf(view.state))', "link.state === 'connected'"])
      assert.deepEqual(findDeciding(text), [], text);
  });
});
