import type { people as zhPeople } from '../zh/people'

/** Accounts of people and machines, and their devices: the administrator's. */
export const people: typeof zhPeople = {
  title: 'People and devices', lead: 'Who can sign in, on which devices, and how much their phones have not sent yet.', search: 'Search name, account, bureau or area', anyRole: 'Any role',
  newPerson: 'New account', newPersonLead: 'It can sign in at once; its owner first sets a password of their own.', importList: 'Import a list', machines: 'Machine accounts',
  name: 'Name', login: 'Account', loginHint: '2 to 64 lower-case letters, digits, dot, underscore or hyphen; it cannot be changed later.', role: 'Role', bureau: 'Bureau', belongs: 'Bureau or duty areas', dutyAreas: 'Duty areas', everywhere: 'The whole district', devices: 'Devices', state: 'State',
  lastDay: 'Last day', lastDayHint: 'The end of a secondment: afterwards they are signed out. Empty: no end.', firstPassword: 'First password', firstPasswordHint: 'Made at random; change it if you like. It is shown once.',
  save: 'Save', create: 'Create', saved: 'Saved.', change: 'Change', who: 'The account', signingIn: 'Signing in',
  states: { unsent: 'Unsent', locked: 'Locked', factorless: 'No second factor', waiting: 'Password to be changed', closed: 'Closed' },
  unsent: '{n} unsent', lastSeen: 'last seen {at}', neverSeen: 'not signed in', oldestUnsent: 'the oldest of {at}', noDevices: 'Not signed in on any device.',
  signOutEverywhere: 'Sign out everywhere', reallySignOut: 'Really sign out everywhere', signedOut: 'Signed out everywhere.', signOutHint: 'For a lost phone: out within 5 seconds. What was not sent stays on the phone and goes on after the next sign-in.',
  ownAccount: 'This is your own account; look after it here:', lockedUntil: 'Too many failures: locked until {at}', unlock: 'Unlock', unlocked: 'Unlocked.',
  passwordOwn: 'Password changed last: {at}', passwordTemporary: 'Still with a password that somebody else set ({at})', resetPassword: 'Set a new password', reallyReset: 'Really set a new one', passwordSet: 'A new password is set; all sessions have ended.',
  onceTitle: 'Hand account and password over', passwordWhy: 'The password is shown this once. At the first sign-in they set one of their own.', onceKept: 'I have kept or handed it over',
  factorOn: 'With a second factor', factorOff: 'Without a second factor', removeFactor: 'Remove second factor', reallyRemove: 'Really remove', factorRemoved: 'Removed. Roles that need one set it up at the next sign-in.',
  isActive: 'The account can be used', isClosed: 'The account is closed', closeAccount: 'Close', reallyClose: 'Really close', closed: 'Closed; all sessions have ended.', openAccount: 'Open again', opened: 'Open again.',
  importLead: 'Makes and changes accounts by a list. Try it first; whoever is not in it stays, and nobody is closed.', listHint: 'Drop the list: CSV or Excel (.xlsx)', listForm: 'Header: login, name, role, and if you like bureau, duty_areas, ends_on. Roles: inspector, bureau, office, supervisor, admin.',
  fate: { refused: 'Refused', new: 'New', changed: 'Changed', unchanged: 'Same' },
  importDone: 'Imported', passwordsOnce: '{n} new accounts. Their first passwords are shown this once: keep them before you leave.', savePasswords: 'Save accounts and passwords (CSV)', passwordFile: 'zhoubian-new-accounts.csv', leavePasswords: 'The first passwords have not been saved and will not be shown again. Leave?',
  machinesLead: 'Accounts of other systems. Give no more than they need; a secret is shown once.', newMachine: 'New machine account', changeMachine: 'Change the machine account', createMachine: 'Create and show the secret', machineName: 'What the system is called', whose: 'Whose system', officeSide: 'On the office’s side', noMachines: 'No machine accounts yet', until: 'until {at}',
  scopes: 'What it may do',
  scope: { issues_read: 'Read issues', issues_work: 'Accept, return, rectify, ask for time', photos_read: 'Read photos', photos_write: 'Send photos', figures_read: 'Read figures', reference_read: 'Read reference data' },
  secrets: 'Secrets', secretMade: 'made {at}', secretUsed: 'last used {at}', secretUnused: 'not used yet', secretRevoked: 'revoked', secretOver: 'expired', revoke: 'Revoke', reallyRevoke: 'Really revoke', revoked: 'Revoked; tokens that it gave have ended.', anotherSecret: 'Another secret',
  secretTitle: 'Keep the secret', secretWhy: 'It is shown this once. To change secrets, let the system take the new one first, then revoke the old one.',
}
