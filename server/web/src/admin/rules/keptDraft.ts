/** A draft survives the tab, for the account it was written with; rules are no secret. */
const KEY = 'zhoubian.rules-draft.'

export function keptDraft(login: string): string | null {
  try {
    return localStorage.getItem(KEY + login)
  } catch {
    return null
  }
}

/** Keeps a draft, or with null forgets it. */
export function keepDraft(login: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(KEY + login)
    else localStorage.setItem(KEY + login, text)
  } catch {
    // Without storage it lives as long as the page.
  }
}
