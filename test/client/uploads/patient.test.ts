import assert from 'node:assert/strict';
import {
  type CasePatient,
  comparePatients,
  type FilePatient,
  namesTwoPeople,
} from '../../../server/formats/dicom/same-patient.ts';

const inCase: CasePatient = { name: '张三', sex: 'male', birthDate: '1956-03-12', idNumber: '11010519491231002X' };
const inFile: FilePatient = { name: 'Zhang^San=张^三=', id: 'P001', birthDate: '19560312', sex: 'M' };

function verdict(file: Partial<FilePatient>, patient: Partial<CasePatient> = {}) {
  return comparePatients({ ...inFile, ...file }, { ...inCase, ...patient }).verdict;
}

describe('whether chosen images belong to the patient of the form', () => {
  it('the same name, however it is spaced and grouped', () => {
    assert.equal(verdict({}), 'same');
    assert.equal(verdict({ name: '张三' }), 'same');
    assert.equal(verdict({ name: '张 三 ' }), 'same');
    assert.equal(verdict({ name: '张^三' }), 'same');
    assert.equal(verdict({ name: '买买提·艾力' }, { name: '买买提艾力' }), 'same');
    assert.equal(verdict({ name: 'Smith^John' }, { name: 'John Smith' }), 'same');
  });

  it('warns of another name, birth date, sex or ID number', () => {
    assert.equal(verdict({ name: 'Li^Si=李^四=' }), 'differs');
    assert.equal(verdict({ birthDate: '19560313' }), 'differs');
    assert.equal(verdict({ sex: 'F' }), 'differs');
    assert.equal(verdict({ name: '', id: '440524188001010014' }), 'differs');
  });

  it('does not claim to know where it cannot', () => {
    assert.equal(verdict({ name: 'ZHANG SAN' }), 'unknown');
    assert.equal(verdict({ name: '', birthDate: '', sex: '' }), 'unknown');
    assert.equal(verdict({}, { name: '', sex: null, birthDate: '', idNumber: '' }), 'unknown');
    assert.equal(verdict({ sex: 'O', name: '' }), 'unknown');
  });

  it('takes an ID number as proof where the name is romanised', () => {
    assert.equal(verdict({ name: 'ZHANG SAN', id: '11010519491231002x' }), 'same');
  });
});

describe('whether two files of one study name two people', () => {
  const wang: FilePatient = { name: 'Wang^Fang=王^芳', id: 'P001', birthDate: '19491231', sex: 'F' };
  const two = (change: Partial<FilePatient>) => namesTwoPeople(wang, { ...wang, ...change });

  it('not by padding, letter case, empty components or the order of Latin names', () => {
    for (const name of ['WANG^FANG=王^芳', 'Wang^Fang^^^=王^芳^=', 'Wang Fang ', 'Fang^Wang', '王芳', '', '=王 芳'])
      assert.equal(two({ name }), false, name);
    assert.equal(two({ id: ' P001 ', sex: 'f', birthDate: '' }), false);
    assert.equal(two({ sex: 'O' }), false);
  });

  it('by another name, also where only the characters differ, another ID, birth date or sex', () => {
    for (const name of ['Li^Na=李^娜', 'Wang^Fang=王^方', 'WANG^FENG', '=李^娜'])
      assert.equal(two({ name }), true, name);
    assert.equal(two({ id: 'P002' }), true);
    assert.equal(two({ id: 'p001' }), true, 'IDs are told apart by letter case');
    assert.equal(two({ birthDate: '19491230' }), true);
    assert.equal(two({ sex: 'M' }), true);
  });
});
