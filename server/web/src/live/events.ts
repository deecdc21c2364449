/** One server-sent event (HTML standard, 9.2.6): its name and its data. */
export interface Hint { event: string; data: string }

/** Takes text as it comes and gives the events that are whole; what is not yet, waits for the next piece. */
export function eventReader(): (text: string) => Hint[] {
  let rest = ''
  return (text) => {
    const blocks = (rest + text).replace(/\r\n?/g, '\n').split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.flatMap(hintIn)
  }
}

function hintIn(block: string): Hint[] {
  const fields = block.split('\n').flatMap((line): [string, string][] => {
    const at = line.indexOf(':')
    return at > 0 ? [[line.slice(0, at), line.slice(at + 1).replace(/^ /, '')]] : []
  })
  const of = (name: string): string => fields.filter(([field]) => field === name).map(([, value]) => value).join('\n')
  return of('data') ? [{ event: of('event') || 'message', data: of('data') }] : []
}
