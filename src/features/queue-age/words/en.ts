export const en = {
  'queueAge.title': 'Replies owed',
  'queueAge.intro':
    'How long clients wait for an answer of their care team, by provider. No client is named here, and nothing that was said.',
  'queueAge.none': 'Nothing waits',
  'queueAge.owed': '{count, plural, one {# reply owed} other {# replies owed}}',
  'queueAge.oldest': 'the oldest {time}',
  'queueAge.overdue': '{count, plural, one {# overdue} other {# overdue}}',
  'queueAge.nobody': 'Of no provider',
  'queueAge.empty': 'There are no providers in this practice yet.',
} as const;
