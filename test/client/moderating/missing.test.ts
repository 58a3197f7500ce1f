import assert from 'node:assert/strict';
import type { HallPerson, HallTrack } from '../../../client/hall/hall-state.ts';
import { missingOf } from '../../../client/moderating/missing.ts';

const theatre = { accountId: 'theatre', seat: 'theatre' } as HallPerson;
const field = { accountId: 'theatre', source: 'field', label: null, paused: false } as HallTrack;
const room = { ...field, source: 'room' } as HallTrack;
const voice = { ...field, source: 'audio' } as HallTrack;
const OPEN = { number: 0, picture: false, sound: false };
const program = {
  layout: 'single',
  main: { accountId: 'theatre', source: 'field', label: null },
  second: null,
} as const;

describe('what the moderator hears is missing before a demonstration begins', () => {
  const of = (person: Partial<HallPerson>, onAir: Parameters<typeof missingOf>[0] = program) =>
    missingOf(onAir, { people: [{ ...theatre, voice, pictures: [field], ...person }], cut: OPEN });

  it('is nothing where the chosen picture and the voice of the theatre flow', () => {
    assert.deepEqual(of({}), []);
  });

  it('is the theatre, its picture or its voice, where there is none', () => {
    assert.deepEqual(missingOf(program, { people: [], cut: OPEN }), ['theatre']);
    assert.deepEqual(of({ pictures: [], voice: null }), ['picture', 'sound']);
  });

  it('is a voice that is off, and the chosen picture where only another one is sent', () => {
    assert.deepEqual(of({ voice: { ...voice, paused: true } }), ['voice']);
    assert.deepEqual(of({ pictures: [room] }), ['chosen']);
    assert.deepEqual(of({ pictures: [{ ...field, paused: true }, room] }), ['chosen']);
  });

  it('is a choice, and what is cut', () => {
    assert.deepEqual(of({}, { layout: 'single', main: null, second: null }), ['program']);
    assert.deepEqual(
      missingOf(program, {
        people: [{ ...theatre, voice, pictures: [field] }],
        cut: { ...OPEN, picture: true },
      }),
      ['cut'],
    );
  });
});
