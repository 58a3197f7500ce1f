import type { zhCn } from '../zh-CN.ts';

export const consents: typeof zhCn.consents = {
  text: {
    v1: {
      consult:
        'The patient or representative has been informed of the content and cost of the remote consultation, agrees to it, and agrees that the record and examinations (images, ECGs, slides) are shared with the invited hospital. The signed original is kept at this hospital.',
      institution:
        'In an emergency in which neither the patient nor close relatives can be asked, the consultation may begin at once when the head of the hospital or an authorised deputy approves it (Civil Code of the PRC, article 1220). The record of the approval is kept here.',
    },
    v2: {
      consult:
        'The patient or representative has been informed of the purpose, content, form and cost of the remote consultation, agrees to it, and agrees that the record and examinations (images, ECGs, slides) are shared with the invited hospital. Consent may be withdrawn at any time; the invited hospital then sees nothing more, and a report signed before stays with this hospital.',
      record: 'Sound and picture of this video consultation may be recorded and kept with it.',
      teach:
        'The material of this consultation may be used for teaching, without name, ID number or anything else that identifies the patient.',
      share:
        'The material and report of this consultation may be given to other hospitals that treat the patient later.',
      institution:
        'In an emergency in which neither the patient nor close relatives can be asked, the consultation may begin at once when the head of the hospital or an authorised deputy approves it (Civil Code of the PRC, article 1220). The record of the approval is kept here.',
    },
    v3: {
      consult:
        'The patient or representative has been informed of the purpose, content, form and cost of the remote consultation, agrees to it, and agrees that the record and examinations (images, ECGs, slides) are shared with the invited hospital. Consent may be withdrawn at any time; the invited hospital then sees nothing more, and a report signed before stays with this hospital.',
      record:
        'Sound and picture of this video consultation, and of a surgical demonstration of this case, may be recorded and kept. After a withdrawal recording stops at once, and what was recorded is sealed and shown no more.',
      teach:
        'The material of this consultation may be used for teaching, without name, ID number or anything else that identifies the patient; an operation may be shown live to clinicians of other hospitals (surgical demonstration). After a withdrawal this stops at once.',
      share:
        'The material and report of this consultation may be given to other hospitals that treat the patient later.',
      institution:
        'In an emergency in which neither the patient nor close relatives can be asked, the consultation may begin at once when the head of the hospital or an authorised deputy approves it (Civil Code of the PRC, article 1220). The record of the approval is kept here.',
    },
  },
  scope: { consult: 'Consultation', record: 'Recording', teach: 'Teaching', share: 'Other hospitals' },
  scopes: 'Also agreed to (optional)',
  signer: 'Signed by',
  signerName: 'Name of signatory',
  relation: 'Relation to the patient',
  relationMissing: 'Select',
  reason: 'Why neither patient nor relatives could be asked',
  approverName: 'Name of approver',
  method: { drawn: 'Sign on the screen', photo: 'Photo of the paper', paper: 'On paper, kept at this hospital' },
  signedBy: { drawn: 'on the screen', photo: 'on paper, with a photo', paper: 'on paper, kept at the hospital' },
  methodLabel: 'How it is signed',
  given: 'The written consent has been signed',
  approved: 'Approved by the head of the hospital or an authorised deputy',
  pad: {
    label: 'Signature',
    hint: 'The signatory signs in the box with a finger, a pen or the mouse. Where that is not possible, choose “Photo of the paper”.',
    clear: 'Clear',
    keep: 'Done',
    again: 'Sign again',
    changed: 'What is agreed to, or who signs, has changed. Please sign again.',
  },
  photo: {
    choose: 'Choose a photo',
    again: 'Replace the photo',
    hint: 'JPEG or PNG. Where and when it was taken is removed automatically.',
    unreadable: 'This is not a usable JPEG or PNG photo. Please take another one.',
  },
  sending: 'Saving…',
  drawnPicture: 'Signature',
  photoPicture: 'Photo of the consent form',
  title: 'Informed consent',
  none: 'Not recorded yet',
  by: 'Signed by {{signer}}, {{name}}',
  byRelation: 'Signed by {{signer}} ({{relation}}), {{name}}',
  recorded: '{{at}} · recorded by {{name}}',
  withdrawn: '“{{scope}}” withdrawn {{at}}',
  withdrawnBy: 'asked for by: {{asker}}; recorded by {{name}}: {{reason}}',
  wording: 'What was signed',
  openEvidence: 'Show the signed evidence',
  evidenceTitle: 'Signed evidence',
  evidenceHint: 'Each viewing is noted in the access log.',
  give: 'Record another consent',
  withdraw: 'Record a withdrawal',
  withdrawnBanner: 'The patient withdrew consent',
  accessEnded: 'The patient withdrew consent to the consultation {{at}}; access of the invited hospital ended at once.',
  giveDialog: {
    title: 'Record consent',
    text: 'Choose what the patient agrees to and have it signed. Consents recorded before stay as they are.',
    confirm: 'Record',
    done: 'Consent recorded.',
    consult: 'Consultation',
  },
  withdrawDialog: {
    title: 'Record a withdrawal of consent',
    text: 'A patient may withdraw at any time and need not say why; note down what was said, or how it came about, for the record.',
    scopes: 'What is withdrawn',
    askedBy: 'Asked for by',
    askedByName: 'Name (optional)',
    reason: 'How it came about',
    placeholder: 'For example: the patient said so in person',
    missingReason: 'Note how it came about.',
    missingScopes: 'Choose what is withdrawn.',
    consultOpen:
      'Without “Consultation” the case is cancelled at once, the call ends, and everybody of the invited hospital is out and sees nothing more. This cannot be undone.',
    consultAnswered:
      'Without “Consultation” the invited hospital sees nothing more, at once. The signed report stays with this hospital. This cannot be undone.',
    effect: {
      record:
        'Without “Recording” what is being recorded stops at once, and all that was recorded is sealed: nobody sees it again. Calls and demonstrations go on.',
      teach:
        'Without “Teaching” a surgical demonstration of this case ends or is cancelled at once, and its recordings are sealed: nobody sees them again.',
      share:
        'Without “Other hospitals” this system gives the case to no other hospital. Where something was handed over on paper or otherwise, ask them to use it no longer.',
    },
    confirm: 'Record withdrawal',
    done: 'The withdrawal is recorded.',
  },
  notice: {
    out: 'The patient withdrew consent to the consultation ({{caseNumber}})',
    outText:
      'Your access to this case has ended as the patient wishes; call and images are closed. There is nothing for you to do. If you have questions, contact {{name}}, {{facility}}.',
    stays: 'The patient withdrew consent: {{scopes}} ({{caseNumber}})',
    consultText: 'The invited hospital no longer sees this case. Please agree on further care with the patient.',
    otherText: 'Please no longer use this consultation for that. Recorded by {{name}} ({{facility}}).',
  },
};
