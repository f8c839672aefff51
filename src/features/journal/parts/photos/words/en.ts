// What is said of photos: fetched with the parts that say it.

export const en = {
  'journal.photo.add': 'Add a photo',
  'journal.photo.photos': 'Photos',
  'journal.photo.of': 'Photo {number} of {count}',
  'journal.photo.remove': 'Remove photo {number}',
  'journal.photo.open': 'Open photo {number}',
  'journal.photo.working': 'Preparing the photo…',
  'journal.photo.notSent': 'Photo not sent yet',
  'journal.photo.refused': 'The practice could not take this photo',
  'journal.photo.coming': 'The photo is on its way',
  'journal.photo.away': 'The photo is not on this device',
  'journal.photo.gone.own': 'You discarded this photo. It was not sent.',
  'journal.photo.gone.theirs': 'This photo was discarded before it was sent. It will not come.',
  'journal.photo.show': 'Show photo ({mb} MB)',
  'journal.photo.wrong': 'This photo cannot be shown',
  'journal.photo.fault.notPicture': 'This file is not a picture that this device can read. Choose a photo.',
  'journal.photo.fault.tooLarge': 'This file is too large. Choose a smaller photo.',
  'journal.photo.fault.tooMany': 'An entry can have {most} photos.',
  'journal.photo.fault.full': 'This device is full. The photo was not added. What you wrote is kept.',
  'journal.photo.fault.failed': 'The photo could not be added. Try again.',
  'journal.photo.hint': 'Where it was taken is removed from the photo.',
};
