/** Notices and the channels they leave by. */
export const notice = {
  title: 'Notices', lead: 'What was dispatched to you, returned, failed, is due soon or overdue, and cards: here within seconds.', bell: 'Notices, {n} unread', topic: 'Topic', all: 'All topics',
  none: 'No notices yet.', noneOfTopic: 'No notices about this yet.', readAll: 'Mark all read ({n})', unread: 'unread', due: 'due {at}', cardDraft: 'Card (draft {id})',
  topics: {
    dispatched: 'Dispatched', offered: 'To claim', helping: 'To help with', sub_task_set: 'Sub-task', part_done: 'Part done', failed: 'Failed verification', disputed: 'Reported again', raised: 'Graver condition', answered: 'Request decided', limit_changed: 'Limit changed',
    draft_sent: 'Draft received', due_soon: 'Due soon', overdue: 'Overdue', card_delivered: 'Card delivered', card_settled: 'Card settled', unrouted: 'Unrouted', returned: 'Returned', asked: 'Request to decide', card_drafted: 'Card to sign', card_replied: 'Card replied to',
  },
}

export const channel = {
  title: 'Notice channels', lead: 'Beside the pages, notices can go to a bureau’s own system, a WeCom or DingTalk group, or a mailbox. What cannot be sent is tried again; what happens meanwhile goes into one message.',
  add: 'New channel', edit: 'Change', remove: 'Remove', test: 'Send a test', show: 'What was sent', save: 'Save', saved: 'Saved. What happens from now on goes there.', retry: 'Send again',
  none: 'No channels yet.', noneHint: 'Add one to send notices to a group robot, a system or a mailbox.', askAdmin: 'Channels are set by an administrator.',
  newTitle: 'New channel', editTitle: 'Change “{name}”', name: 'Name', namePlaceholder: 'e.g. Sanitation duty group', kindLabel: 'Where to', audience: 'Whose notices', address: 'Address', url: 'Address, as the robot’s settings show it', mailbox: 'Mailbox',
  keepHint: 'leave empty to keep it', originsHint: 'It may lead to: {origins}. Others are added by the operator in [notices] origins.', noMail: 'No mail server is set, so mail cannot be sent.',
  secret: 'Signing secret', secretHint: 'whsec_ and 24 to 64 bytes in Base64; anew with another address', sign: 'Signing secret', signHint: 'from the robot’s security settings, begins with SEC; leave empty without one',
  topics: 'Topics', topicsHint: 'none means all', gather: 'Gather', gatherHint: 'minutes per message, 0 for at once, at most 1440', gatherSays: 'one message every {n} minutes', atOnce: 'at once', language: 'Language', enabled: 'Enabled', tried: 'Last sent', never: 'nothing yet',
  kind: { webhook: 'Own system (signed webhook)', wecom: 'WeCom robot', dingtalk: 'DingTalk robot', mail: 'Mailbox' },
  state: { on: 'Working', waiting: '{n} to be tried again', dead: '{n} not delivered', off: 'Off' },
  message: { waiting: 'To be tried again', sent: 'Delivered', dead: 'Not delivered' }, messageSays: '{n} notices, made {at}, tries: {times}', next: ', next {at}', noMessages: 'Nothing was sent yet.',
  failure: { answered: 'it answered {status}', slow: 'no answer in time', notFound: 'its server was not found', notReached: 'its server could not be reached', other: 'it could not be sent', noRobot: 'its answer is not a robot’s', notAllowed: 'the settings no longer allow that server', gone: 'it wants no more messages (410)', off: 'the channel is off' },
  testTaken: 'The test message was taken.', testFailed: 'The test message was not taken: {why}', sureRemove: 'Remove “{name}”? Messages that wait go with it.',
}

export const channelProblem = {
  'topic-unknown': { title: 'No such topic', hint: 'Choose the topics again.' },
  'channel-invalid': { title: 'The channel is not right', hint: 'Look at the address, the bureau and the minutes (0–1440).' },
  'channel-unknown': { title: 'No such channel', hint: 'It may have been removed: refresh.' },
  'channel-address-missing': { title: 'The address is missing', hint: 'A robot or a system has an address, a mail channel has a mailbox.' },
  'channel-origin-not-allowed': { title: 'That server is not allowed', hint: 'The operator adds it to [notices] origins.' },
  'channel-secret-weak': { title: 'The secret is too short', hint: 'Give whsec_ and 24 to 64 random bytes in Base64; another address needs it anew.' },
  'channel-secret-unreadable': { title: 'The secret cannot be read', hint: 'Give whsec_ and 24 to 64 random bytes in Base64.' },
  'channel-no-mail-server': { title: 'There is no mail server', hint: 'The operator sets mail_server and mail_from in [notices].' },
  'channel-mailbox-unreadable': { title: 'The mailbox cannot be read', hint: 'Write it as name@district.example.' },
  'message-not-dead': { title: 'That message was not given up', hint: 'Open what was sent again; only what was not delivered is sent once more.' },
}
