/*
 * As much TOML as files of rules are written in: tables, arrays of tables, strings, lists, inline
 * tables, numbers, words and dates. The server reads the whole language and has the last word; this
 * is for showing, and gives null where it meets anything else.
 */

export type Value = string | number | boolean | Value[] | { [key: string]: Value }
export type Table = Record<string, Value>

class Reader {
  at = 0
  constructor(readonly text: string) {}

  get rest(): string { return this.text.slice(this.at) }

  take(pattern: RegExp): string | null {
    const found = new RegExp(pattern.source, 'y')
    found.lastIndex = this.at
    const match = found.exec(this.text)
    if (!match) return null
    this.at += match[0].length
    return match[1] ?? match[0]
  }

  need(pattern: RegExp): string {
    const taken = this.take(pattern)
    if (taken === null) throw new SyntaxError(`unexpected: ${this.rest.slice(0, 20)}`)
    return taken
  }

  /** Blanks; in lists line ends and comments too. */
  space(lines: boolean): void {
    this.take(lines ? /(?:\s|#[^\n]*)*/ : /[ \t]*/)
  }
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' }

function plain(quoted: string): string {
  return quoted.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_all, sign: string) =>
    (sign.startsWith('u') && sign.length === 5 ? String.fromCharCode(Number.parseInt(sign.slice(1), 16)) : ESCAPES[sign] ?? sign))
}

function keyOf(reader: Reader): string[] {
  const parts: string[] = []
  do {
    reader.space(false)
    const quoted = reader.take(/"((?:[^"\\\n]|\\.)*)"/)
    parts.push(quoted === null ? reader.take(/'([^'\n]*)'/) ?? reader.need(/[A-Za-z0-9_-]+/) : plain(quoted))
    reader.space(false)
  } while (reader.take(/\./) !== null)
  return parts
}

function valueOf(reader: Reader): Value {
  reader.space(false)
  if (reader.take(/\[/) !== null) return listOf(reader)
  if (reader.take(/\{/) !== null) return inlineOf(reader)
  const long = reader.take(/"""\n?((?:[^\\]|\\.)*?)"""/s) ?? null
  if (long !== null) return plain(long.replace(/\\\s*\n\s*/g, ''))
  const raw = reader.take(/'''\n?(.*?)'''/s) ?? reader.take(/'([^'\n]*)'/)
  if (raw !== null) return raw
  const quoted = reader.take(/"((?:[^"\\\n]|\\.)*)"/)
  if (quoted !== null) return plain(quoted)
  const word = reader.need(/[^\s,\]}#]+/)
  if (word === 'true' || word === 'false') return word === 'true'
  return /^[+-]?\d[\d_]*(\.\d+)?$/.test(word) ? Number(word.replaceAll('_', '')) : word
}

function listOf(reader: Reader): Value[] {
  const list: Value[] = []
  for (;;) {
    reader.space(true)
    if (reader.take(/\]/) !== null) return list
    list.push(valueOf(reader))
    reader.space(true)
    if (reader.take(/,/) === null) {
      reader.need(/\]/)
      return list
    }
  }
}

function inlineOf(reader: Reader): Table {
  const table: Table = {}
  reader.space(true)
  while (reader.take(/\}/) === null) {
    pair(reader, table)
    reader.space(true)
    reader.take(/,/)
    reader.space(true)
  }
  return table
}

function within(table: Table, key: string): Table {
  const held = (table[key] ??= {})
  const inner = Array.isArray(held) ? held.at(-1) : held
  if (typeof inner !== 'object' || Array.isArray(inner)) throw new SyntaxError(`${key} is no table`)
  return inner
}

function pair(reader: Reader, table: Table): void {
  const path = keyOf(reader)
  reader.need(/=/)
  const last = path.pop() ?? ''
  path.reduce(within, table)[last] = valueOf(reader)
}

/** The table of a heading, `[a.b]` or `[[a.b]]`, made where it is new. */
function heading(reader: Reader, root: Table): Table {
  const one = reader.take(/\[\[/) !== null
  if (!one) reader.need(/\[/)
  const path = keyOf(reader)
  reader.need(one ? /\]\]/ : /\]/)
  if (!one) return path.reduce(within, root)
  const last = path.pop() ?? ''
  const holder = path.reduce(within, root)
  const fresh: Table = {}
  const list = (holder[last] ??= []) as Value[]
  list.push(fresh)
  return fresh
}

/** What a file says, or null where it cannot be read here. */
export function readToml(text: string): Table | null {
  const reader = new Reader(text.replaceAll('\r\n', '\n'))
  const root: Table = {}
  let table = root
  try {
    for (;;) {
      reader.space(true)
      if (reader.rest === '') return root
      if (reader.rest.startsWith('[')) table = heading(reader, root)
      else pair(reader, table)
      reader.space(false)
      reader.need(/(?:#[^\n]*)?(?:\n|$)/)
    }
  } catch {
    return null
  }
}
