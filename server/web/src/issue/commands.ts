import type {
  AdoptedPhoto, StatedPosition, CommandBodies, CommandBody, CommandWord, ManifestPhoto, Outcome, DismissReason, ReturnReason, Way,
} from '../api/types'
import { instantOf } from '../clock'

/** One thing a command's dialog asks for. */
export type Field = 'category' | 'condition' | 'lead' | 'cooperating' | 'reason' | 'reasonText' | 'outcome' | 'passed' | 'way' | 'until' | 'cost' | 'approved' | 'note' | 'photos' | 'into' | 'helper' | 'task' | 'ownLimit' | 'candidates' | 'withinAmount' | 'othersHelp'

/** Units of the time in which it can be claimed, as limits are written. */
export const WITHIN_UNITS = ['工作时', '紧急工作时', '工作日'] as const
export type WithinUnit = (typeof WITHIN_UNITS)[number]

interface CommandShape {
  /** `forward` moves the issue on; `aside` takes it off its way. */
  tone: 'forward' | 'aside'
  fields: Field[]
  required: Field[]
}

/** The commands, in the order their buttons are shown. */
export const COMMANDS: Record<CommandWord, CommandShape> = {
  file: { tone: 'forward', fields: ['category', 'condition'], required: ['category', 'condition'] },
  dispatch: { tone: 'forward', fields: ['lead', 'cooperating', 'reasonText'], required: ['lead', 'reasonText'] },
  offer: { tone: 'forward', fields: ['candidates', 'withinAmount', 'othersHelp', 'reasonText'], required: ['candidates', 'withinAmount', 'reasonText'] },
  claim: { tone: 'forward', fields: [], required: [] },
  accept: { tone: 'forward', fields: [], required: [] },
  rectify: { tone: 'forward', fields: ['outcome', 'photos', 'note'], required: ['outcome', 'photos'] },
  secure: { tone: 'forward', fields: ['photos', 'note'], required: ['photos'] },
  'accept-part': { tone: 'forward', fields: [], required: [] },
  'set-task': { tone: 'forward', fields: ['helper', 'task', 'ownLimit'], required: ['helper', 'task'] },
  'finish-part': { tone: 'forward', fields: ['photos', 'note'], required: ['photos'] },
  decide: { tone: 'forward', fields: ['approved', 'note'], required: ['approved'] },
  verify: { tone: 'forward', fields: ['passed', 'way', 'photos', 'note'], required: ['passed'] },
  resume: { tone: 'forward', fields: ['note'], required: ['note'] },
  review: { tone: 'aside', fields: ['note'], required: ['note'] },
  release: { tone: 'aside', fields: [], required: [] },
  'decline-claim': { tone: 'aside', fields: ['reasonText'], required: ['reasonText'] },
  extend: { tone: 'aside', fields: ['until', 'reasonText', 'photos'], required: ['until', 'reasonText'] },
  'release-part': { tone: 'aside', fields: ['helper', 'reasonText'], required: ['helper', 'reasonText'] },
  defer: { tone: 'aside', fields: ['until', 'reasonText', 'photos'], required: ['until', 'reasonText'] },
  shelve: { tone: 'aside', fields: ['cost', 'reasonText', 'photos'], required: ['cost', 'reasonText', 'photos'] },
  return: { tone: 'aside', fields: ['reason', 'note'], required: ['reason', 'note'] },
  refuse: { tone: 'aside', fields: ['reason', 'note'], required: ['reason', 'note'] },
  merge: { tone: 'aside', fields: ['into'], required: ['into'] },
  void: { tone: 'aside', fields: ['reason', 'note'], required: ['reason', 'note'] },
  override: { tone: 'aside', fields: ['reasonText'], required: ['reasonText'] },
}

const DISMISS_REASONS: DismissReason[] = ['false_alarm', 'duplicate', 'outside_district', 'below_condition']
const RETURN_REASONS: ReturnReason[] = ['not_our_duty', 'ownership_unclear', 'wrong_place', 'duplicate', 'gone']

/** The reasons a command may be given for. */
export function reasonsOf(word: CommandWord): (DismissReason | ReturnReason)[] {
  return word === 'return' ? RETURN_REASONS : DISMISS_REASONS
}

/** A photo chosen in the dialog: its entry for the manifest, and its bytes. */
export interface ChosenPhoto {
  manifest: ManifestPhoto
  file: File
}

/** What the dialog has been told so far. */
export interface CommandForm {
  category: string
  condition: string
  lead: string
  cooperating: string[]
  reason: DismissReason | ReturnReason | ''
  reasonText: string
  outcome: Outcome
  passed: boolean | undefined
  /** How the office looked; none where it is not asked. */
  way: Way | undefined
  /** The limit asked for, district time: `2026-11-24T18:00`. */
  until: string
  /** The money needed, whole yuan, as typed. */
  cost: string
  approved: boolean | undefined
  note: string
  photos: ChosenPhoto[]
  /** Photos of drafts that came by links, taken over. */
  adopt: AdoptedPhoto[]
  position: StatedPosition | null
  /** The issue that it is merged into. */
  into: number | null
  /** The cooperating bureau that it is about, what it has to do, and by when, district time. */
  helper: string
  task: string
  ownLimit: string
  /** Whom it is offered to, for how long, and whether the others help whoever claims it. */
  candidates: string[]
  withinAmount: string
  withinUnit: WithinUnit
  othersHelp: boolean
}

/** An unfilled form, with what the issue already says. */
export function formFor(issue: { category?: string | null; condition?: string | null; lead?: string | null; cooperating: string[] }): CommandForm {
  return {
    category: issue.category ?? '', condition: issue.condition ?? '', lead: issue.lead ?? '', cooperating: [...issue.cooperating],
    reason: '', reasonText: '', outcome: 'rectified', passed: undefined, way: undefined, until: '', cost: '', approved: undefined, note: '', photos: [], adopt: [], position: null, into: null, helper: '', task: '', ownLimit: '',
    candidates: [], withinAmount: '4', withinUnit: '工作时', othersHelp: false,
  }
}

/** Whole yuan, as somebody typed it with or without separators; 0, which the server refuses, where it is no number. */
function wholeYuan(typed: string): number {
  const digits = typed.replace(/[\s,，]/g, '')
  return /^\d{1,12}$/.test(digits) ? Number(digits) : 0
}

/** The first required field still empty. Whoever says no has to say why. */
export function missingField(word: CommandWord, form: CommandForm): Field | null {
  const empty = (field: Field): boolean => {
    if (field === 'photos' && form.adopt.length > 0) return false
    const value = form[field]
    return value === undefined || value === null || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0)
  }
  const required: Field[] = form.passed === false || form.approved === false ? [...COMMANDS[word].required, 'note'] : COMMANDS[word].required
  return required.find(empty) ?? null
}

/** The body to send: the same form and id always give the same body, so a repetition is the same command. */
export function bodyOf(word: CommandWord, form: CommandForm, commandId: string): CommandBody {
  const command_id = commandId
  const note = form.note.trim()
  const adopted = form.adopt.length > 0 ? { adopt: form.adopt } : {}
  const photos = form.photos.map(({ manifest }) => ({ ...manifest, position: form.position }))
  const bodies: { [W in CommandWord]: () => CommandBodies[W] } = {
    file: () => ({ command_id, category: form.category, condition: form.condition }),
    dispatch: () => ({ command_id, lead: form.lead, cooperating: form.cooperating.filter((code) => code !== form.lead), reason: form.reasonText.trim() }),
    offer: () => ({ command_id, candidates: form.candidates, within: `${form.withinAmount.trim()}${form.withinUnit}`, others_help: form.othersHelp, reason: form.reasonText.trim() }),
    claim: () => ({ command_id }),
    'decline-claim': () => ({ command_id, reason: form.reasonText.trim() }),
    accept: () => ({ command_id }),
    release: () => ({ command_id }),
    return: () => ({ command_id, reason: form.reason as ReturnReason, note }),
    refuse: () => ({ command_id, reason: form.reason as DismissReason, note }),
    void: () => ({ command_id, reason: form.reason as DismissReason, note }),
    rectify: () => ({ command_id, outcome: form.outcome, note, photos, ...adopted }),
    extend: () => ({ command_id, until: instantOf(form.until), reason: form.reasonText.trim(), photos }),
    defer: () => ({ command_id, until: instantOf(form.until), reason: form.reasonText.trim(), photos }),
    shelve: () => ({ command_id, cost_yuan: wholeYuan(form.cost), reason: form.reasonText.trim(), photos }),
    resume: () => ({ command_id, note }),
    review: () => ({ command_id, note }),
    decide: () => ({ command_id, approved: form.approved === true, note }),
    verify: () => ({ command_id, passed: form.passed === true, note, photos, ...(form.way && { way: form.way }) }),
    override: () => ({ command_id, reason: form.reasonText.trim() }),
    'set-task': () => ({ command_id, bureau: form.helper, task: form.task.trim(), due_at: form.ownLimit ? instantOf(form.ownLimit) : null }),
    secure: () => ({ command_id, note, photos }),
    'accept-part': () => ({ command_id }),
    'finish-part': () => ({ command_id, note, photos, ...adopted }),
    'release-part': () => ({ command_id, bureau: form.helper, reason: form.reasonText.trim() }),
    merge: () => ({ command_id, into: form.into ?? 0 }),
  }
  return bodies[word]()
}
