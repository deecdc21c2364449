import type { account as zhAccount, handover as zhHandover } from '../zh/account'

/** One's own account: password, second factor, devices, a new phone. */
export const account: typeof zhAccount = {
  title: 'Account and security', who: 'Account {login} · {role}', show: 'Show', hide: 'Hide', copy: 'Copy', download: 'Download', copied: 'Copied.', notCopied: 'It could not be copied: select it and copy it by hand.', finish: 'Done',
  password: 'Password', passwordSince: 'Changed last: {at}', changePassword: 'Change password', passwordChanged: 'The password is changed; other devices are signed out.',
  currentPassword: 'Current password', newPassword: 'New password', againPassword: 'New password once more', savePassword: 'Save the new password',
  passwordHint: 'The longer the better: a few unrelated words are easy to remember and hard to guess. No names, accounts, birthdays or neighbouring keys.',
  passwordMissing: 'Fill in all three.', passwordDiffers: 'The new passwords differ: enter them again.', passwordSame: 'The new password is the current one: choose another.',
  yourPassword: 'Your password', passwordNeeded: 'Enter your password.', sixDigits: 'Enter the six digits.',
  secondFactor: 'Second factor', factorOn: 'On.', factorOff: 'Off.', factorOnText: 'Signing in asks for six digits of your authenticator app besides the password.', factorOffText: 'With it on, nobody can sign in as you by the password alone.',
  setUpSecondFactor: 'Set up', removeSecondFactor: 'Take off', removeMissing: 'Enter the password and a code.', beginSecondFactor: 'Continue', appNeeded: 'You need an authenticator app on your phone; any that knows TOTP.',
  scan: '1. Scan with the authenticator app', scanHint: 'Choose “add” in the app, then “scan QR code”.', qrLabel: 'QR code of the second factor’s secret; the secret is there as text too', orType: 'Cannot scan? Type this secret', copySecret: 'Copy the secret',
  thenCode: '2. Enter what the app shows', code: 'Six digits', codeHint: 'They change every 30 seconds.', confirmSecondFactor: 'Confirm',
  recoveryTitle: 'Keep the recovery codes', recoveryWhy: 'The second factor is on. Without your phone, a recovery code signs you in instead of the six digits, each once. They are shown this once: print them or keep them somewhere safe.',
  recoveryFile: 'Zhoubian recovery codes, account {login}, each works once', recoveryKept: 'I have kept the recovery codes',
  devices: 'Signed in on', thisDevice: 'This device', unnamedDevice: 'Unknown device', deviceSince: 'Signed in {at}', deviceSeen: 'Last seen {at}', noOthers: 'You are signed in on no other device.',
  endDevice: 'Sign out', reallyEnd: 'Really sign out', pressAgain: 'Press once more to confirm.', deviceEnded: 'That device is signed out.', endOthers: 'Sign out all others ({n})', reallyEndOthers: 'Really sign out {n} other device | Really sign out {n} other devices', othersEnded: 'All other devices are signed out.',
  newPhone: 'Move to a new phone', handOverText: 'The new phone goes on where this device is, without the password.', keep: 'Keep this device signed in', handOver: 'Show the QR code', handOverAgain: 'Make a new QR code', handOverQr: 'QR code to sign in the new phone',
  handOverHow: 'Scan it with the new phone’s camera and open the address in it.', staysSignedIn: 'This device stays signed in.', getsSignedOut: 'Once the new phone is signed in, this device is signed out.', handOverWarning: 'Never photograph or forward it: whoever scans it is signed in as you.',
  validFor: 'Good for {left}, once', codeOver: 'The QR code has expired.', taken: 'The new phone is signed in: {device}', cannotScan: 'Cannot scan?', copyLink: 'Copy the address',
  mustChange: 'Change your password first', mustChangeWhy: 'Somebody else set it, or it has grown too old. Choose one that only you know; then you can go on.',
  mustSetUp: 'Set up the second factor first', mustSetUpWhy: 'Your account may do much: signing in with it takes more than a password. Set it up; then you can go on.',
}

/** A new phone that takes a session over. */
export const handover: typeof zhHandover = {
  title: 'Sign in on this device', taking: 'Signing in…', none: 'There is no code in this address.', how: 'On the old phone or computer, open “Account and security”, show a new QR code under “Move to a new phone”, and scan it with this device; or sign in with account and password.',
  ask: 'This signs you in with the account of the QR code. Go on only if you scanned it yourself from a device of your own.',
  other: 'Somebody is signed in here already. Going on changes to the account in the QR code.', take: 'Change to the account in the QR code', stay: 'Leave it, back to the list', signIn: 'Sign in with account and password',
}
