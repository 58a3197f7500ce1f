import assert from 'node:assert/strict';
import { cleaned, findPatientProblems, readIdNumber } from '../../../server/contract/index.ts';

describe('an ID-card number', () => {
  it('tells date of birth and sex where its check character is right', () => {
    // GB 11643-1999, the standard's own examples.
    assert.deepEqual(readIdNumber('11010519491231002X'), { birthDate: '1949-12-31', sex: 'female' });
    assert.deepEqual(readIdNumber('440524188001010014'), { birthDate: '1880-01-01', sex: 'male' });
  });

  it('is refused for every single wrong digit and every swap of neighbours that changes it', () => {
    const right = '11010519491231002X';
    for (let index = 0; index < 17; index += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const wrong = `${right.slice(0, index)}${digit}${right.slice(index + 1)}`;
        if (wrong !== right) assert.equal(readIdNumber(wrong), undefined, wrong);
      }
      if (index < 16 && right[index] !== right[index + 1]) {
        const swapped = `${right.slice(0, index)}${right[index + 1]}${right[index]}${right.slice(index + 2)}`;
        assert.equal(readIdNumber(swapped), undefined, swapped);
      }
    }
  });

  it('is refused where its date does not exist, and accepted in small x', () => {
    assert.equal(readIdNumber('110105194902310021'), undefined);
    const patient = {
      name: '王芳',
      sex: 'female',
      birthDate: '1949-12-31',
      idNumber: '11010519491231002x',
      phone: '13800001234',
    } as const;
    assert.equal(cleaned(patient).idNumber, '11010519491231002X');
    assert.deepEqual(findPatientProblems(patient, '2026-01-02'), []);
    const wrong = { ...patient, idNumber: '110105194912310021', phone: '12345' };
    assert.deepEqual(findPatientProblems(wrong, '2026-01-02'), [
      ['idNumber', 'id-number-check'],
      ['phone', 'phone-format'],
    ]);
  });
});
