import { account, handover } from './en/account'
import { event, flag } from './en/event'
import { bulletin } from './en/bulletin'
import { cards } from './en/cards'
import { counts, suggestions } from './en/counts'
import { merge } from './en/merge'
import { morning } from './en/morning'
import { nav } from './en/nav'
import { fieldMap } from './en/fieldMap'
import { maps } from './en/maps'
import { field } from './en/field'
import { fieldwork } from './en/fieldwork'
import { people } from './en/people'
import { desk, office, triage } from './en/office'
import { photos } from './en/photos'
import { point } from './en/point'
import { problem } from './en/problem'
import { admin, reference } from './en/reference'
import { figures } from './en/figures'
import { rules } from './en/rules'
import { clock, route } from './en/story'
import { work } from './en/work'
import { evidence } from './en/evidence'
import { viewing } from './en/viewing'
import { offer, offerCommand } from './en/offer'
import { part, partCommand } from './en/part'
import { staged, stagedCommand } from './en/staged'
import { limitPeriod } from './en/limitPeriod'
import { channel, notice } from './en/notice'
import { limit } from './en/limit'
import { link } from './en/link'
import { request, suspension } from './en/request'
import { selfHandled } from './en/selfHandled'
import { verification } from './en/verification'
import { wall } from './en/wall'
import type { Messages } from './zh'

/** The pages in English. */
export const en: Messages = {
  app: {
    name: 'Zhoubian', tagline: 'Street problems around fixed points', skip: 'Skip to content', signOut: 'Sign out', language: '中文',
    retry: 'Try again', reload: 'Reload', refresh: 'Refresh', cancel: 'Cancel', close: 'Close', loading: 'Loading…', none: 'None',
  },
  role: { inspector: 'Inspector', bureau: 'Bureau', office: 'Creation office', supervisor: 'Supervisor', admin: 'Administrator' },
  signin: {
    title: 'Sign in', login: 'Account', password: 'Password', submit: 'Sign in', show: 'Show password', hide: 'Hide password',
    missing: 'Enter the account and the password.', ended: 'The session has ended. Please sign in again.', moved: 'The new phone is signed in; this device is signed out.',
    codeTitle: 'Second factor', as: 'Account {login}', code: 'Code', codeHint: 'Six digits of your authenticator app, or a recovery code when the phone is not at hand.', codeMissing: 'Enter the code.', confirm: 'Confirm', startOver: 'Use another account',
    wait: '{left} to wait', waitOver: 'You can try again now.',
  },
  list: {
    title: 'Issues', text: 'Number or words', search: 'Search', stage: 'Stage', anyStage: 'Any stage', openOnly: 'Open only',
    number: 'No.', category: 'Category', area: 'Area', due: 'Due', photos: 'Photos', lead: 'Lead bureau',
    more: 'Load more', all: 'That is all of them',
    empty: 'No issue matches', emptyHint: 'Widen the filters, or refresh later.', clear: 'Clear filters',
    uncategorised: 'No category yet', noLead: 'Not dispatched', noArea: 'Area unknown',
  },
  stage: {
    reported: 'Reported', filed: 'Filed', dispatched: 'Dispatched', accepted: 'Accepted', rectified: 'Rectified', closed: 'Closed',
    refused: 'Refused', void: 'Void', returned: 'Returned', reopened: 'Reopened', deferred: 'Deferred', shelved: 'Shelved', merged: 'Merged',
  },
  due: {
    none: 'No limit set', left: '{span} left', over: '{span} overdue', closedOnTime: 'Closed on time', closedLate: 'Closed late', handledOnTime: 'Rectified in time', handledLate: 'Rectified late', settled: 'Not timed', stopped: 'Clock stands still',
    days: '{d} d {h} h', hours: '{h} h {m} min', minutes: '{m} min',
  },
  issue: {
    back: 'Back to the list', title: 'Issue {id}',
    blind: 'Blind, not released', unrouted: 'Unrouted', helping: 'Your bureau helps', reports: '{n} report | {n} reports', rework: 'Reworked {n}×', returns: 'Returned {n}×',
    reportedAt: 'reported {at}',
    facts: 'Facts', times: 'Times', people: 'Responsible', category: 'Category', condition: 'Condition', closes: 'Closes when', limit: 'Time limit', source: 'Source', note: 'Note',
    area: 'Area', lead: 'Lead bureau', cooperating: 'Cooperating', routing: 'Why routed so',
    reported_at: 'Reported', filed_at: 'Filed', dispatched_at: 'Dispatched', accepted_at: 'Accepted', rectified_at: 'Rectified', handled_at: 'Handled', closed_at: 'Closed',
    first_due_at: 'First limit', due_at: 'Current limit', return_until: 'Returnable until',
    photos: 'Photos', map: 'Location', points: 'In the surroundings of', allPoints: 'Show all {n} points', noPoints: 'In no point’s surroundings.', timeline: 'What happened',
  },
  map: { failed: 'The map’s data could not be loaded.', noPosition: 'This issue has no position.', legendIssue: 'Issue', legendPoint: 'Point', legendDevice: 'Where the device was', moved: 'The reporter moved the place {n} m from where the device was.', movedAccuracy: 'The reporter moved the place {n} m from where the device was (accurate to ±{accuracy} m).' },
  band: { core: 'core', near: 'near', wide: 'wide' },
  distance: { metres: '{n} m', inside: 'inside' },
  kind: { market: 'Market', mall: 'Mall', school: 'School', hospital: 'Hospital', transit: 'Transit', community: 'Community' },
  source: {
    inspector: 'Inspector', supervisor: 'Supervisor', leader: 'Leader', chat_group: 'Chat group', hotline_12345: '12345', citizen: 'Citizen', media: 'Media', video: 'Video',
  },
  command: {
    ...offerCommand,
    ...partCommand,
    ...stagedCommand,
    file: 'File', refuse: 'Refuse', void: 'Void', release: 'Release', dispatch: 'Dispatch', accept: 'Accept', return: 'Return', rectify: 'Rectify', extend: 'Ask for time', defer: 'Defer', shelve: 'Shelve', decide: 'Decide on the request', resume: 'Resume', review: 'Review', verify: 'Verify', override: 'Override', merge: 'Merge', into: 'the issue to merge into',
    actions: 'What you can do', confirm: 'Confirm: {word}', reason: 'Reason', reasonText: 'State the reason', note: 'Note', outcome: 'Outcome', passed: 'Verdict', pass: 'Passed, close it', fail: 'Failed, back for rework', until: 'Until', cost: 'Money needed (yuan)', approved: 'Decision',
    category: 'Category', condition: 'Condition', lead: 'Lead bureau', cooperating: 'Cooperating bureaus', choose: 'Choose',
    photos: 'Photos of the place', addPhotos: 'Take or choose photos', pasteOrDrop: 'or paste (Ctrl+V), or drop photos here', reading: 'Reading photos…', tooMany: 'At most {n} photos at a time.', remove: 'Remove', positionNeeded: 'Taken within 200 m and with its position, or the verification cannot pass.', onSite: 'I am on site: attach my position', locating: 'Locating…', noFix: 'No position found; you can send without it.',
    acceptText: 'Your bureau will handle this. The clock has been running since the first dispatch.', releaseText: 'Once released, bureaus can see this issue.',
    missing: 'Please fill in: {field}', wrongType: '{name} is not a JPEG, PNG, WebP or HEIC photo.', sending: 'Sending…', uploading: 'Uploading photo {n} of {total}',
    stale: 'Someone changed this issue meanwhile. Reload it, then decide again.', lost: 'No answer came, so it may or may not be done. Sending again cannot do it twice.', again: 'Send again',
    uploadLost: 'It is recorded, but some photos are not uploaded yet. Keep this open and continue.', uploadAgain: 'Continue uploading',
  },
  reason: {
    not_our_duty: 'Not our duty', ownership_unclear: 'Ownership unclear', wrong_place: 'Wrong place', duplicate: 'Duplicate', gone: 'No longer there',
    false_alarm: 'False alarm', outside_district: 'Outside the district', below_condition: 'Below the condition',
  },
  outcome: { rectified: 'Rectified', no_longer_there: 'No longer there' },
  verdict: { passed: 'Passed', failed: 'Failed' },
  account,
  handover,
  nav,
  fieldMap,
  maps,
  field,
  desk,
  office,
  work,
  fieldwork,
  clock,
  route,
  triage,
  figures,
  merge,
  morning,
  bulletin,
  cards,
  counts,
  suggestions,
  photos,
  selfHandled,
  verification,
  evidence,
  viewing,
  offer,
  part,
  staged,
  limitPeriod, notice, channel,
  limit,
  link,
  request,
  suspension,
  point,
  event,
  flag,
  problem,
  wall,
  admin,
  people,
  reference,
  rules,
}
