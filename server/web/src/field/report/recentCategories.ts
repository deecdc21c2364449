const KEPT = 6

function keyOf(owner: number): string {
  return `zhoubian.recent-categories.${owner}`
}

/** The codes that a person reported by lately, the latest first. */
export function recentCategories(owner: number): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(owner)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((code): code is string => typeof code === 'string') : []
  } catch {
    return []
  }
}

/** Puts a code in front of them. */
export function rememberCategory(owner: number, code: string): void {
  const codes = [code, ...recentCategories(owner).filter((other) => other !== code)]
  localStorage.setItem(keyOf(owner), JSON.stringify(codes.slice(0, KEPT)))
}
