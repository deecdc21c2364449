import type { Router } from 'vue-router'
import { LANDING } from './nav'
import { account } from './session'

/** A path of these pages; anything else in an address's `next` would lead away from them. */
function isOwn(next: unknown): next is string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next)
}

/** Goes on after signing in: to `next` where one was going somewhere, else to the page of the person's role. */
export async function land(router: Router, next?: unknown): Promise<void> {
  if (isOwn(next) && next !== '/') {
    await leaveOr(router, next)
    return
  }
  const target = account.value ? LANDING[account.value.role] : { name: 'issues' }
  if (typeof target === 'string') await leaveOr(router, target)
  else await router.replace(known(router, target) ? target : { name: 'issues' })
}

function known(router: Router, target: object): boolean {
  return !('name' in target) || (typeof target.name === 'string' && router.hasRoute(target.name))
}

/** The handheld is a document of its own, which the console's router knows nothing of. */
async function leaveOr(router: Router, path: string): Promise<void> {
  if (path === '/m' || path.startsWith('/m/')) location.replace(path)
  else await router.replace(path)
}
