/** What the server says of a try that failed, and the word for it. What a robot or a mail server said itself stays as it is. */
const KNOWN: Record<string, string> = {
  'no answer in time': 'slow', 'its server was not found': 'notFound', 'its server could not be reached': 'notReached',
  'it could not be sent': 'other', 'its answer is not a robot\'s': 'noRobot', 'notices.origins has no such server': 'notAllowed', '410: it wants no more messages': 'gone', 'the channel is off': 'off',
}

/** Why a message was not taken, in the reader's language. */
export function failureWords(failure: string, t: (key: string, values?: Record<string, unknown>) => string): string {
  const status = /^it answered (\d+)$/.exec(failure)?.[1]
  if (status) return t('channel.failure.answered', { status })
  const word = KNOWN[failure]
  return word ? t(`channel.failure.${word}`) : failure
}
