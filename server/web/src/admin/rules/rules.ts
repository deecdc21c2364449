import { readToml, type Table, type Value } from './toml'

/** A line of the division of work, as it is shown. */
export interface Rule {
  name: string
  lead: string
  cooperating: string[]
  /** Criterion and its values, in the order in which they were written. */
  when: [string, string[]][]
  priority: number
  from: string
  until: string
  fallback: boolean
  note: string
}

/** 认领: whom it is offered to where the rules find nobody. */
export interface Offer {
  name: string
  when: [string, string[]][]
  candidates: string[]
  within: string
  othersHelp: boolean
  task: string
  otherwise: string
  note: string
}

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')
const list = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map((one) => text(one)) : value === undefined ? [] : [text(value)])

function criteriaOf(table: Table): [string, string[]][] {
  const when = table['when']
  const criteria = typeof when === 'object' && !Array.isArray(when) ? Object.entries(when) : []
  return criteria.map(([key, value]) => [key, list(value)])
}

function ruleOf(table: Table): Rule {
  return {
    name: text(table['name']), lead: text(table['lead']), cooperating: list(table['cooperating']), when: criteriaOf(table),
    priority: typeof table['priority'] === 'number' ? table['priority'] : 0, from: text(table['from']), until: text(table['until']),
    fallback: table['fallback'] === true, note: text(table['note']),
  }
}

/** The rules of a file; null where it cannot be shown as a table. */
export function rulesOf(file: string): Rule[] | null {
  const read = readToml(file)
  const rules = read?.['rule']
  if (!Array.isArray(rules)) return read && rules === undefined ? [] : null
  return rules.map((rule) => ruleOf(rule as Table))
}

function offerOf(table: Table): Offer {
  return {
    name: text(table['name']), when: criteriaOf(table), candidates: list(table['candidates']), within: text(table['within']), othersHelp: table['others_help'] === true,
    task: text(table['task']), otherwise: text(table['otherwise']), note: text(table['note']),
  }
}

/** The offers of a file; none where it has none, or cannot be shown. */
export function offersOf(file: string): Offer[] {
  const offers = readToml(file)?.['offer']
  return Array.isArray(offers) ? offers.map((offer) => offerOf(offer as Table)) : []
}

/** The version that a file says it is. */
export function versionOf(file: string): string {
  return /^\s*version\s*=\s*["']([^"'\n]*)["']/m.exec(file)?.[1] ?? ''
}
