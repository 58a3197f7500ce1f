import assert from 'node:assert/strict';
import { chooseFrameForm, chooseInstanceForm, chooseJson, chooseRendered } from '../../../server/dicomweb/accept.ts';
import { parseAccept } from '../../../server/formats/media-type.ts';

describe('what a DICOMweb client says it accepts', () => {
  const J2K = '1.2.840.10008.1.2.4.90';
  const NATIVE = '1.2.840.10008.1.2.1';
  const frame = (accept: string, uid = J2K, frames = 1) => {
    const form = chooseFrameForm(parseAccept(accept), uid, frames);
    return form && `${form.isMultipart ? 'parts' : 'single'} ${form.asStored ? 'stored' : 'decoded'} ${form.mediaType}`;
  };

  it('decides between stored and decoded frames, PS3.18 section 8.7.3', () => {
    assert.equal(frame(''), 'parts decoded application/octet-stream');
    assert.equal(frame('*/*'), 'parts decoded application/octet-stream');
    assert.equal(frame('multipart/related; type="application/octet-stream"'), 'parts decoded application/octet-stream');
    const any = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
    assert.equal(frame(any), 'parts stored image/jp2');
    assert.equal(frame(any, NATIVE), 'parts stored application/octet-stream');
    assert.equal(frame(any, '1.2.840.10008.1.2.4.80'), 'parts stored image/jls');
    assert.equal(frame(any, '1.2.840.10008.1.2.5'), 'parts stored image/dicom-rle');
    assert.equal(frame(any, '1.2.3.4'), 'parts stored application/octet-stream');
    assert.equal(frame('multipart/related; type="image/jp2"'), 'parts stored image/jp2');
    assert.equal(frame(`multipart/related; type="image/jp2"; transfer-syntax=${J2K}`), 'parts stored image/jp2');
    assert.equal(frame('multipart/related; type="image/*"; transfer-syntax=*'), 'parts stored image/jp2');
    assert.equal(frame('application/octet-stream'), 'single decoded application/octet-stream');
    assert.equal(frame('image/jp2'), 'single stored image/jp2');
    assert.equal(frame('image/jp2', J2K, 2), undefined, 'two frames are no single part');
    assert.equal(frame('multipart/related; type="image/jpeg"'), undefined);
    assert.equal(frame('multipart/related; type="image/jp2"; transfer-syntax=1.2.840.10008.1.2.4.91'), undefined);
    assert.equal(frame('text/html'), undefined);
    assert.equal(
      frame('multipart/related; type="image/jpeg", multipart/related; type="application/octet-stream";q=0.5'),
      'parts decoded application/octet-stream',
    );
    assert.equal(
      frame('application/octet-stream;q=0.1, multipart/related; type="image/jp2";q=0.9'),
      'parts stored image/jp2',
      'the more wanted first',
    );
  });

  it('decides whether instances and texts can be given at all', () => {
    const instance = (accept: string, uids = [J2K]) => chooseInstanceForm(parseAccept(accept), uids)?.isMultipart;
    assert.equal(instance(''), true);
    assert.equal(instance('multipart/related; type="application/dicom"; transfer-syntax=*'), true);
    assert.equal(instance('application/dicom'), false);
    assert.equal(instance('application/dicom', [J2K, J2K]), undefined);
    assert.equal(instance(`application/dicom; transfer-syntax=${J2K}`), false);
    assert.equal(instance(`application/dicom; transfer-syntax=${NATIVE}`), undefined);
    assert.equal(instance('multipart/related; type="application/dicom+xml"'), undefined);
    assert.equal(chooseJson(parseAccept('application/dicom+json')), 'application/dicom+json');
    assert.equal(chooseJson(parseAccept('application/json')), 'application/json');
    assert.equal(chooseJson(parseAccept('application/dicom+xml, */*;q=0.1')), 'application/dicom+json');
    assert.equal(chooseJson(parseAccept('multipart/related; type="application/dicom+xml"')), undefined);
    assert.equal(chooseRendered(parseAccept('image/webp,image/png;q=0.9')), 'image/png');
    assert.equal(chooseRendered(parseAccept('image/*')), 'image/jpeg');
    assert.equal(chooseRendered(parseAccept('image/png;q=0')), undefined);
  });
});
