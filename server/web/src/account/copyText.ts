/**
 * Puts text on the clipboard; false when the browser will not.
 * `navigator.clipboard` is missing on plain-http addresses inside an office network.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text)
      return true
    }
    const field = document.createElement('textarea')
    field.value = text
    field.className = 'visually-hidden'
    document.body.append(field)
    field.select()
    // Outdated, and the only way there.
    const done = document.execCommand('copy')
    field.remove()
    return done
  } catch {
    return false
  }
}
