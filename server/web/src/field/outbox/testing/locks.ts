/** As much of `navigator.locks` as a queue needs: one holder, whoever comes meanwhile is told so. */
export function fakeLocks(): LockManager {
  let held = false
  const request = async (_name: string, _options: LockOptions, work: (lock: Lock | null) => Promise<unknown>): Promise<unknown> => {
    if (held) return work(null)
    held = true
    try {
      return await work({ name: 'lock', mode: 'exclusive' } as Lock)
    } finally {
      held = false
    }
  }
  return { request, query: () => Promise.reject(new Error('not asked')) } as unknown as LockManager
}
