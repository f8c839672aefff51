// What is said of voice notes: fetched with the parts that say it.

export const en = {
  'journal.voice.record': 'Record a voice note',
  'journal.voice.recording': 'Recording',
  'journal.voice.stop': 'Stop',
  'journal.voice.stopFirst': 'Stop the recording, then save. If the app closes, all but the last seconds is kept.',
  'journal.voice.notes': 'Voice notes',
  'journal.voice.name': 'Voice note, {time}',
  'journal.voice.nameOf': 'Voice note {number}, {time}',
  'journal.voice.remove': 'Remove the voice note',
  'journal.voice.removeOf': 'Remove voice note {number}',
  'journal.voice.notSent': 'Voice note not sent yet',
  'journal.voice.refused': 'The practice could not take this voice note',
  'journal.voice.coming': 'The voice note is on its way',
  'journal.voice.away': 'The voice note is not on this device',
  'journal.voice.gone.own': 'You discarded this voice note. It was not sent.',
  'journal.voice.gone.theirs': 'This voice note was discarded before it was sent. It will not come.',
  'journal.voice.fetch': 'Fetch the voice note ({mb} MB)',
  'journal.voice.wrong': 'This voice note cannot be played',
  'journal.voice.fault.denied':
    'The app may not use the microphone. Allow it in the settings of your browser or phone, then try again.',
  'journal.voice.fault.noMicrophone': 'No microphone was found on this device.',
  'journal.voice.fault.micBusy': 'Another app is using the microphone. Close it and try again.',
  'journal.voice.fault.unsupported': 'This browser cannot record. You can write instead.',
  'journal.voice.fault.tooMany': 'There can be {most} voice notes here.',
  'journal.voice.fault.full': 'This device is full. The recording has stopped. What was kept so far is in the form.',
  'journal.voice.fault.failed': 'The recording has stopped. What was kept so far is in the form.',
};
