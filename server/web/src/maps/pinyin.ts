/*
 * Pinyin initials without a dictionary: the platform sorts Chinese by pinyin, so a character's
 * initial is the last of these first characters that does not sort after it.
 */
const FIRSTS = '阿八嚓哒妸发旮哈讥咔垃妈拿噢妑七呥仨他挖夕丫匝'
const LETTERS = 'abcdefghjklmnopqrstwxyz'

/** Characters that names of places read in more than one way. */
const OTHER_READINGS: Record<string, string> = {
  长: 'cz', 重: 'cz', 行: 'hx', 乐: 'ly', 厦: 'sx', 曾: 'zc', 藏: 'cz', 朝: 'cz', 单: 'ds', 解: 'jx', 会: 'hk', 校: 'jx', 圩: 'xw', 陂: 'bp', 弄: 'nl', 盛: 'cs', 石: 'ds',
}

let order: Intl.Collator | null | undefined

function collator(): Intl.Collator | null {
  if (order === undefined) {
    const made = new Intl.Collator('zh-Hans-CN-u-co-pinyin')
    // A platform without the pinyin order would give wrong letters: better none.
    order = [...FIRSTS].every((one, at, all) => at === 0 || made.compare(all[at - 1] ?? '', one) < 0) ? made : null
  }
  return order
}

const known = new Map<string, string>()

/** The letters a character can begin with; a letter or digit is itself, anything else nothing. */
function readingsOf(character: string): string {
  const kept = known.get(character)
  if (kept !== undefined) return kept
  const made = read(character)
  known.set(character, made)
  return made
}

function read(character: string): string {
  if (/^[a-z0-9]$/i.test(character)) return character.toLowerCase()
  if (!/\p{Script=Han}/u.test(character)) return ''
  const other = OTHER_READINGS[character]
  if (other) return other
  const by = collator()
  if (!by) return ''
  let found = ''
  for (const [at, first] of [...FIRSTS].entries()) {
    if (by.compare(character, first) < 0) break
    found = LETTERS[at] ?? found
  }
  return found
}

/** The initials of a name, each as the letters it can begin with: 长乐巷 is `['cz', 'ly', 'x']`. */
export function initialsOf(name: string): string[] {
  return [...name].map(readingsOf).filter((readings) => readings !== '')
}

/** Where in a name's initials the letters typed begin; -1 where they do not occur. */
export function findInitials(initials: string[], typed: string): number {
  const letters = [...typed.toLowerCase()]
  const last = initials.length - letters.length
  for (let at = 0; at <= last; at += 1) {
    if (letters.every((letter, step) => initials[at + step]?.includes(letter))) return at
  }
  return -1
}
