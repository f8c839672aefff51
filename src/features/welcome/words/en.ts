export const en = {
  'welcome.title': 'Welcome message',
  'welcome.intro':
    'Each new client gets this once, as an automatic message in the conversation with the care team. Whoever has had it gets no other.',
  'welcome.isOn': 'Send a welcome',
  'welcome.text': 'What it says',
  'welcome.empty': 'Write something first.',
  'welcome.tooLong': 'This is too long. Make it shorter.',
  'welcome.save': 'Save',
  'welcome.saved': 'Saved',
  'welcome.failed': 'This could not be kept. Your words are still here. Try again.',
  'welcome.draft.failed': 'What you type cannot be kept on this device right now.',
} as const;
