/** Easy to read out over the telephone: no 0 and o, no 1, i and l. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** A password to hand over: four groups of four signs, about 79 bits. */
export function newPassword(): string {
  const group = (): string => [...crypto.getRandomValues(new Uint32Array(4))].map((n) => SIGNS[n % SIGNS.length]).join('')
  return [group(), group(), group(), group()].join('-')
}
