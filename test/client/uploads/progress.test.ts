import assert from 'node:assert/strict';
import { type GroupLabel, type JobProgress, jobKey } from '../../../client/uploads/job.ts';
import { caseProgress } from '../../../client/uploads/progress.ts';
import { Failure } from '../../../server/contract/failure.ts';

const series: GroupLabel = {
  form: 'series',
  pictureKind: 'imaging',
  studyInstanceUid: '1.2',
  studyDescription: '',
  studyDate: '',
  seriesInstanceUid: '1.2.3',
  modality: 'CT',
  seriesNumber: 1,
  seriesDescription: '',
};
const slide: GroupLabel = { form: 'slide-file', fileName: 'slide.svs' };

function uploading(sha256: string, group: GroupLabel, change: Partial<JobProgress> = {}): JobProgress {
  const job = { consultationId: 'case', name: sha256, sizeBytes: 10, sha256, group };
  return { job, state: 'stored', receivedBytes: 10, failure: undefined, ...change };
}

const progressOf = (jobs: JobProgress[]) =>
  caseProgress('case', { jobs, paused: false, sessionLost: false, bytesPerSecond: null, survivesReload: true });

describe('how far the uploads of a case are', () => {
  it('a series is one line, each kind within it apart, and every slide file is one of its own', () => {
    const { groups } = progressOf([
      uploading('a', series),
      uploading('b', series),
      uploading('c', { ...series, pictureKind: 'ecg' }),
      uploading('d', slide),
      uploading('e', slide),
    ]);
    assert.deepEqual(
      groups.map(({ files }) => files.map(({ name }) => name)),
      [['a', 'b'], ['c'], ['d'], ['e']],
    );
    assert.equal(new Set(groups.map(({ key }) => key)).size, 4);
  });

  it('a slide that the server refuses stands beside its file with the reason, and does not hide what is through', () => {
    const failure = new Failure('invalid-message', 'strips', { reason: 'slide-not-tiled' });
    const refused = uploading('d', slide, { state: 'refused', receivedBytes: 0, failure });
    const progress = progressOf([uploading('a', series), refused]);
    assert.equal(progress.phase, 'stuck');
    assert.equal(progress.refusedCount, 1);
    const [file] = progress.groups[1]?.files ?? [];
    assert.equal(file?.failure?.reason, 'slide-not-tiled');
    assert.equal(file?.key, jobKey(refused.job));
  });
});
