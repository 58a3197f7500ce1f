import type { Texts } from '../texts.ts';
import type { failures as zh } from '../zh-CN/failures.ts';

export const failures: Texts<typeof zh> = {
  code: {
    'invalid-message':
      'The data was not valid and was not accepted. Check your entries and try again; if this keeps happening, reload the page.',
    unauthenticated: 'You are no longer signed in. Please sign in again; saved data is safe.',
    forbidden: 'You are not permitted to do this. If you need to, ask the administrator of your hospital.',
    'not-found': 'Not found. It may have been withdrawn, or you do not have access. Go back to the work list.',
    conflict:
      'Someone else has changed this, so your action was not carried out. The latest version is shown; check it and try again.',
    'too-large': 'This is too large and was not accepted. Shorten or split it and try again.',
    'rate-limited': 'Too many attempts. Please wait {{wait}} and try again.',
    'version-mismatch': 'The system has been updated. Reload the page to continue; saved data is safe.',
    unavailable:
      'The server cannot be reached, and your action may not have been completed. Check your network and try again shortly.',
    internal:
      'A system error occurred and your action was not completed. Try again; if this keeps happening, give your administrator the number shown.',
  },
  reason: {
    'wrong-password':
      'The account or the password is wrong. Check upper and lower case and try again; after five wrong attempts in a row you cannot sign in from here for a while.',
    'account-locked':
      'Too many wrong passwords: this account cannot sign in from here for now. Try again in {{wait}}, or ask the administrator of your hospital.',
    'session-expired': 'Your session has expired. Please sign in again; saved data is safe.',
    'cross-site': 'This request came from another website and was refused. Open this system by its own address.',
    'too-many-windows': 'Too many windows of this system are open in this browser. Close some and try again.',
    'no-appointment':
      'You have no appointment in force at present, so you cannot sign in. Please ask the administrator of your facility.',
    'appointment-ended': 'Your appointment at this facility has ended. Switch to another one, or sign out.',
    'second-factor-needed': 'The password is right. The second step is still to be done.',
    'second-factor-unknown': 'This account has no two-step sign-in, or not of this kind.',
    'second-factor-required':
      'The platform requires two-step sign-in of your role first. Reload the page and set it up.',
    'second-factor-missing':
      'Signing asks for two-step sign-in. Set it up under “My account”, then come back; what you have written is kept.',
    'second-factor-stale': 'This asks for the second step once more.',
    'second-factor-locked':
      'Too many wrong codes. Sign in again in {{wait}}, or ask the administrator of your hospital.',
    'sign-in-expired':
      'The first step is more than five minutes ago, or no longer valid. Go back and enter the password again.',
    'code-wrong':
      'The code is wrong. Check that your phone shows the right time and type the six digits it shows now; five wrong codes lock it for a while.',
    'code-used': 'This code has been used. Wait for the next one in your authenticator app.',
    'recovery-code-wrong':
      'The recovery code is wrong or has been used. Try another; five wrong ones lock it for a while.',
    'security-key-wrong':
      'The security key was not accepted, or it took too long. Please try again; if it happens again, use another way.',
    'security-key-counter':
      'This key has counted fewer uses than are on record, so it may have been copied; it was not accepted. Use another way, remove this key, and tell your administrator.',
    'security-key-taken': 'This security key is registered here already. Take another one.',
    'passkey-unknown':
      'No account that may sign in has this passkey. Sign in with account and password, or ask the administrator of your hospital.',
    'passkey-not-alone':
      'The platform does not let your role sign in with a passkey alone. Enter account and password; the passkey is used in the second step.',
    'security-key-address':
      'Security keys can be added and used only where this system is opened by a name over https. Ask your IT department, or use an authenticator app.',
    'second-factor-last': 'The platform requires two-step sign-in: add another way before you remove the last one.',
    'own-password': 'The password is wrong. Enter the password you sign in with.',
    'machine-expired': 'The token of the machine account has expired. Its administrator makes another.',
    'machine-reading':
      "Only the facility's own administrator lets a machine account read pictures. Choose storing alone, or ask them to make it.",
    'machine-unconfirmed':
      'Nobody has confirmed this machine account yet. A coordinator or another administrator of the facility does so under “Machine accounts”; if it is too late, make another.',
    'machine-lapsed': 'Nobody confirmed it within seven days. Revoke it and make another.',
    'machine-scope': 'The token of the machine account does not cover this. Its administrator makes one that does.',
    'link-unknown': 'The one-time link is not valid. Check that it is complete, or ask for a new one.',
    'link-own':
      'You made this link, and it is for the person alone. Hand it over, to be opened in a browser of theirs.',
    'link-used': 'The one-time link has been used, or a newer one has taken its place. Ask for a new one.',
    'link-expired': 'The one-time link has expired. Ask for a new one.',
    'old-password': 'The old password is wrong; nothing was changed.',
    'password-too-short': 'The password is too short: the page says how many characters are needed.',
    'password-common': 'Many people use this password, and it is guessed first. Choose another.',
    'password-phone': 'The password is a phone number, which is easily guessed. Choose another.',
    'password-birthday': 'The password is a birthday, a date or an ID number, which is easily guessed. Choose another.',
    'password-pinyin':
      'The password is a name in pinyin with common digits, which is easily guessed. Choose another, such as a sentence only you know.',
    'password-repetitive': 'The password repeats or counts, which is easily guessed. Choose another.',
    'password-own-name':
      'The password is little more than your name or account, which is easily guessed. Choose another.',
    'password-facility': 'The password is little more than the name of the hospital or of this system. Choose another.',
    'password-unchanged': 'The new password is the old one. Choose another.',
    'person-unknown':
      'Nobody in use has this account and this name together. Check both with the person and try again.',
    'login-taken': 'Somebody has this account name already. Choose another.',
    'last-administrator':
      'A system, a security and an audit administrator must stay active, and this account is the only one of its role. First add another, who chooses a password.',
    'roles-not-apart': 'System, security and audit administrators are kept apart: none of them holds any other role.',
    'second-needed':
      'Giving, taking or reopening the office of a system, security or audit administrator takes a second person: open this person and choose “Propose to give or take an office”. Add somebody new in another role first.',
    'proposal-open': 'A change of the same waits to be confirmed already.',
    'proposal-changes-nothing': 'It is so already: nothing would change.',
    'proposal-decided': 'Somebody else has decided this proposal. Look at how it stands now.',
    'proposal-expired': 'Nobody confirmed this proposal within seven days. Propose it again if it is still wanted.',
    'administrator-exists': 'The system has an administrator already. Sign in instead.',
    'demo-account': 'A demo account, whose password is public, stays as it is.',
    'licence-number-length':
      'A licence number has 15 letters or digits. Compare it with the licence and enter it again.',
    'licence-number-qualification':
      'This is the number of a certificate of qualification (24 or 27 digits), which contains the ID-card number: it is not kept here. Enter the 15 digits of the licence to practise.',
    'licence-dates': 'The licence ends before it begins. Check both days.',
    'independent-in-future': 'Independent practice cannot begin later than today. Check the day.',
    'licence-expired':
      'Your licence to practise has run out by what is on file: you cannot accept a consultation or sign a report. What you wrote is kept. Ask your administrator to update your licence.',
    'licence-upcoming':
      'Your licence to practise is not valid yet by what is on file: you cannot accept a consultation or sign a report. If the day is wrong, ask your administrator to correct it.',
    'colleague-without-licence':
      'This colleague’s licence is not valid today, so they cannot be invited. Choose somebody else, or ask their administrator to update the licence.',
    'draft-incomplete': 'The request is incomplete. Complete the marked fields, then submit.',
    'version-outdated': 'Someone changed this just before you. The latest state is shown; check it and try again.',
    'state-not-allowed': 'The state has changed, and this is not possible now. The latest is shown.',
    'already-accepted': 'Another specialist has accepted this consultation first. No further action is needed.',
    'consent-missing': "The patient's consent is not recorded. Obtain and record it, then submit.",
    'evidence-missing':
      'The file of the signed evidence is not on the server. Ask the system administrator to restore it from a backup; what was recorded of the consent is not affected.',
    'evidence-damaged':
      'The file of the signed evidence is damaged or was changed, so it is not shown. Ask the system administrator to restore it from a backup. The audit trail has a record of this.',
    'evidence-other-key':
      'The signed evidence was encrypted under another key and cannot be opened. Ask the system administrator to check the server’s key. The audit trail has a record of this.',
    'agreement-missing':
      'Your hospital has no valid agreement with this hospital. Choose another, or ask the administrator of your hospital.',
    'service-not-agreed':
      'The agreement with this hospital is not about this kind of consultation. Choose another kind or hospital, or ask your administrator.',
    'facility-closed': 'This facility is closed. Choose another one.',
    'file-names-patient':
      'The file contains a name, ID number or telephone number of the patient or guardian, perhaps in hidden text, notes or its properties. It cannot be shown: use a file without them.',
    'patient-named':
      'A marked text has the name, an ID number or a telephone of the patient or guardian in it. Watchers read it: write it otherwise, then save.',
    'plan-incomplete': 'Something is still missing, so this is not possible yet. See to what is listed first.',
    'plan-signed':
      'What is marked was signed for and does not change any more. Move the demonstration for another time or theatre; for anything else cancel it and plan anew.',
    'enrolment-closed': 'Enrolment is closed. Ask the organizers.',
    'enrolment-full': 'All places are taken. Try again once somebody has withdrawn.',
    'check-over': 'This check is over.',
    'voices-full': 'Six people have the word: take it from one of them before the next one speaks.',
    'cut-newer': 'Somebody has cut picture or sound again since: look at how it stands now before you resume.',
    'asked-too-soon': 'That was quick. Please send the next one in {{wait}}.',
    'hands-offered': 'Two people are getting ready already. Let one of them speak, or lower a hand, first.',
    'people-not-apart':
      'Somebody else has to do this: neither the surgeon nor whoever listed the pictures checks them.',
    'credit-second-person':
      'Somebody else has to do this: whoever assessed it, or would be credited, does not credit; whoever decided, or is concerned, does not correct.',
    'recording-not-consented':
      'By the present wording of the consent the patient has not agreed to being recorded, so nothing can be recorded.',
    'replay-second-person':
      'A second person publishes a replay after looking it through: neither the surgeon nor whoever opened it for review.',
    'pictures-added':
      'These pictures have changed since you opened them. Look through them as they are now, then confirm again.',
    'patients-contradict':
      'Document number, date of birth or sex of the two entries differ, so nothing was merged. Verify that it is one person, then confirm.',
    'patient-merged': 'One of the entries is part of another patient already. Reload the page and go on from there.',
    'facility-circular': 'A facility cannot lie below itself or below one of those beneath it.',
    'facility-has-others-below': 'Open facilities lie below it. Move or close them first.',
    'code-taken': 'Another facility has this unified social credit code. Please check it.',
    'agreement-incomplete': 'The agreement is not complete, or its days are over. Fill in what is marked.',
    'agreement-overlaps': 'The two sides have a valid agreement in these days already. Change the days.',
    'agreement-signed': 'Both sides have confirmed the agreement; it cannot be changed. Renew it or end it early.',
    'signed-copy-missing': 'Add the signed copy (PDF) before you confirm.',
    'signed-copy-not-pdf': 'This file is not a PDF and was not added. Scan the signed paper as a PDF.',
    'table-empty': 'The file has no rows. Fill in rows below the headings and import it again.',
    'table-encoding':
      'The text of this file is not encoded as it says (marked as UTF-8, for example, and is not), so it cannot be read reliably. In Excel save it as “CSV UTF-8” or .xlsx.',
    'table-too-large':
      'This table is too large (limits: 8 MB, 10,000 rows, 64 columns) and was not read. Split it into several files.',
    'table-old-excel':
      'This is a workbook of an old Excel (.xls), or one that a password opens. Remove the password and save it as .xlsx or CSV.',
    'table-unknown': 'This is not a table. Choose an .xlsx or a .csv file.',
    'table-damaged': 'This file is damaged and cannot be read. Open it in Excel, save it again and import that.',
    'table-columns-missing': 'Columns are missing that are needed. Add their headings as in the template.',
    'table-columns-doubled': 'A column stands in the table twice. Keep one of them.',
    'import-expired': 'What was checked is kept for 30 minutes, for whoever checked it. Choose the file again.',
    'import-has-faults':
      'Some rows are at fault, and nothing was imported. Correct the file, or import only the rows without a fault.',
    'import-outdated':
      'Somebody changed something after the check, so this part was not imported. Choose the file again: rows that were imported are then “unchanged”.',
    'reason-missing': 'Please give a reason first.',
    'not-dicom':
      'This file type is not recognised and was not uploaded. Choose DICOM files exported from the device or the PACS, SVS or TIFF slides, or PDF, JPEG and PNG documents.',
    'file-empty': 'This file is empty (0 bytes) and was not sent. Export it again.',
    'file-truncated': 'This file is incomplete; copying it was probably interrupted. Export or copy it again.',
    'file-damaged':
      'This file is damaged and cannot be read. Export it again from the device, the slide scanner or the PACS.',
    'file-too-large': 'This file is over the limit of 2 GB and was not sent. Split it when exporting.',
    'uploads-unfinished':
      'You have too many or too large unfinished uploads. Wait until those under way are complete, then add more.',
    'hash-mismatch': 'The received data differs from the file and was discarded. Send this file again.',
    'offset-mismatch':
      'The upload continues from what the server has. If it does not resume automatically, choose the file again.',
    'storage-full':
      'The storage of the server is full. What has arrived is kept; inform the system administrator, then continue.',
    'instance-differs':
      'A file with the same identifier but other content is already there; this one was not kept, to avoid a mix-up. Check where it comes from.',
    'no-pixels': 'This file contains no displayable image.',
    'transfer-syntax-unsupported':
      'This image is compressed in a way of the manufacturer’s own, or one not supported yet, and cannot be shown; the original file is kept. Export it from the PACS or the scanner in a standard transfer syntax (for example uncompressed) and upload it again.',
    'ecg-format-unsupported':
      'This ECG format (SCP-ECG, HL7 aECG, EDF or WFDB) is not supported yet. Export the ECG as DICOM from the device or its archive.',
    'no-ecg': 'This file contains no displayable ECG lead.',
    'waveform-uncalibrated':
      'This ECG lacks its sensitivity or unit, so its true voltage is unknown and it is not drawn. Export it again from the ECG device or system.',
    'waveform-inconsistent':
      'The samples of this ECG do not agree with their description (length, number of leads or sampling rate), so it is not drawn. Export it again.',
    'waveform-encoding-unsupported':
      'The sample format of this ECG is not supported. Export it again from the ECG device or system with 16 bits per sample.',
    'not-slide': 'This is not a recognised slide format. Choose an SVS, a pyramidal TIFF or a DICOM slide.',
    'slide-not-tiled':
      'This slide is not stored in tiles and cannot be viewed as it is; the file is unharmed. Save it from the scanner software as SVS or DICOM.',
    'slide-encoding-unsupported':
      'The encoding of this slide is not supported, so it is not shown, to avoid wrong colours; the file is unharmed. Save it from the scanner software as SVS or DICOM.',
    'slide-only-label':
      "The files of this slide hold only a label or an overview, or none says that it is the slide itself (Image Type). Export it completely with the scanner's software.",
    'uid-too-long':
      'A UID in this file is longer than the 64 characters that DICOM allows, and it was not uploaded. The file itself may be whole; its vendor has to correct the export.',
    'pdf-hidden-content':
      'This PDF brings along what no page shows (enclosed files, scripts, a form program or an earlier version), which may name the patient. It cannot be shown: open it, print it to a new PDF or save its pages as pictures, and upload that. This goes for digitally signed PDFs too: show the print, and keep the signed original in the case.',
    'pdf-encrypted':
      'This PDF opens only with a password and was not uploaded. Open it, save it without a password, or print and photograph it.',
    'document-too-large':
      'This document is too large (at most 100 MB, 2000 pages, 110 megapixels) and was not uploaded. Split it or make it smaller.',
    'photograph-metadata':
      'This photograph still contains location, time or device data and was not stored. Select it on the upload page, which removes that data.',
    'photograph-format-unsupported':
      'This image format (such as HEIC, WebP, GIF or BMP) is not supported. Save it as JPEG or PNG; on an iPhone choose Settings → Camera → Formats → Most Compatible.',
    'office-format-unsupported':
      'Word, Excel and similar files cannot be shown. Save the file as PDF in its own program and upload that.',
    'not-author': 'This annotation belongs to someone else; only its author can change it.',
    'annotation-changed': 'The annotation has changed since and this step cannot be undone or redone.',
    'report-signed': 'The opinion is signed and can no longer be changed.',
    'signature-password': 'The password is wrong and the opinion is not signed yet. Enter your sign-in password again.',
    'adoption-incomplete': 'Please answer every recommendation, and say why where one is not or only partly adopted.',
    'token-invalid': 'Your entry to the consultation room is not valid. Go back to the case and enter again.',
    'token-expired': 'Your entry to the consultation room has expired. Go back to the case and enter again.',
    'room-closed': 'This video consultation has ended.',
    'in-other-window': 'You are in this call in another window.',
    'sfu-unreachable': 'The audio and video service cannot be reached; retrying. Images and chat are not affected.',
    'media-preparing': 'Video is being prepared and ready in a few minutes. Everything else works.',
    'media-failed':
      'Video could not be prepared, so there are no video consultations now. Please tell your administrator; images and chat are not affected.',
    'database-unreachable':
      'The server cannot read its data at the moment. Wait a moment and try again; saved data is safe.',
    'field-key-changed':
      'This server holds an encryption key that is no longer in use; your system administrator has to restart it with the one of now. Saved data is safe.',
    'field-key-changing': 'The encryption key is being changed. Try again in a while; saved data is safe.',
  },
  aWhile: 'a few minutes',
  requestId: 'Number {{requestId}}',
};
