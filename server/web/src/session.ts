import createClient from 'openapi-fetch'
import { shallowRef } from 'vue'
import { ApiProblem, answerOf, problemIn } from './api/problem'
import type { paths } from './api/schema'
import { BASE, send } from './api/transport'
import type { Account, Duty, Session } from './api/types'
import { setClock } from './clock'
import { deviceName } from './deviceName'

/*
 * The access token lives in memory only: no script can read it later, and it is short-lived.
 * At a desk the refresh token is in sessionStorage, so that a reload does not ask for the password
 * again, yet closing the tab forgets it: office machines are shared. On the handheld it is in
 * localStorage (`staySignedIn`): a telephone is one person's, is killed at any time, and has to go on
 * for days without a network. A cookie would need protection against forged cross-site requests.
 * A duplicated tab at a desk copies the refresh token, which works once: the slower tab signs in again.
 */
const REFRESH_KEY = 'zhoubian.refresh'
const ACCOUNT_KEY = 'zhoubian.account'
/** One tab at a time exchanges a token that several share. */
const TURN = 'zhoubian.refresh'

const open = createClient<paths>({ baseUrl: BASE, fetch: send })

let accessToken: string | null = null
let refreshing: Promise<string> | null = null
let whenEnded: () => void = () => undefined

/** Where the session is kept; a device that stays signed in does so on both faces. */
let storage: Storage = localStorage.getItem(REFRESH_KEY) === null ? sessionStorage : localStorage

/** Who is signed in; null after signing out and, at a desk, before the first answer of the server. */
export const account = shallowRef<Account | null>(null)

/** What the account has to do first; every other call is refused while there is something. */
export const must = shallowRef<Duty[]>([])

/** Called when the server no longer accepts the session. */
export function onSessionEnded(listener: () => void): void {
  whenEnded = listener
}

/** Whether this tab holds a session that may still be good. */
export function hasSession(): boolean {
  return storage.getItem(REFRESH_KEY) !== null
}

/** Who was signed in when this device last heard of it: enough to work on without a network. */
function recallAccount(): void {
  accessToken = null
  const kept = storage.getItem(ACCOUNT_KEY)
  account.value = kept === null ? null : (JSON.parse(kept) as Account)
}

/**
 * Keeps the session on this device beyond the tab, one that was just opened at a desk's page as well,
 * and shares it with the handheld's other tabs.
 */
export function staySignedIn(): void {
  for (const key of [ACCOUNT_KEY, REFRESH_KEY]) {
    const opened = sessionStorage.getItem(key)
    if (opened !== null) localStorage.setItem(key, opened)
    sessionStorage.removeItem(key)
  }
  storage = localStorage
  recallAccount()
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== REFRESH_KEY) return
    const before = account.value?.id
    recallAccount()
    if (newValue === null) {
      account.value = null
      whenEnded()
    } else if (account.value?.id !== before) {
      must.value = []
    }
  })
}

function keep(session: Session): string {
  // A captive portal can answer anything with 200.
  if (typeof session?.refresh_token !== 'string') throw new ApiProblem(0, 'unreachable', '', '', '')
  storage.setItem(ACCOUNT_KEY, JSON.stringify(session.account))
  storage.setItem(REFRESH_KEY, session.refresh_token)
  accessToken = session.access_token
  account.value = session.account
  must.value = session.must
  return session.access_token
}

function forget(): void {
  accessToken = null
  account.value = null
  must.value = []
  storage.removeItem(ACCOUNT_KEY)
  storage.removeItem(REFRESH_KEY)
}

async function opened(call: Promise<{ data?: Session; error?: unknown; response: Response }>): Promise<void> {
  keep(await answerOf(call))
  setClock((await call).response)
}

/**
 * Opens a session; throws the server's problem when it refuses.
 * `code` is the second factor: six digits or a recovery code.
 */
export function signIn(login: string, password: string, code?: string): Promise<void> {
  const body = { login, password, device: deviceName(), ...(code ? { code } : {}) }
  return opened(open.POST('/sessions', { body }))
}

/** Opens a session with the code that another device of the same person shows; it works once. */
export function takeOver(code: string): Promise<void> {
  return opened(open.POST('/sessions:handover', { body: { code, device: deviceName() } }))
}

/** Ends the session here at once, and on the server when it can be reached. */
export async function signOut(): Promise<void> {
  const token = accessToken
  const refreshToken = storage.getItem(REFRESH_KEY)
  forget()
  const end = (bearer: string) =>
    open.DELETE('/sessions/current', { headers: { Authorization: `Bearer ${bearer}` } })
  try {
    if (token !== null && (await end(token)).response.status !== 401) return
    // The access token is missing or over; the session may not be.
    if (refreshToken === null) return
    const { data } = await open.POST('/sessions:refresh', { body: { refresh_token: refreshToken } })
    if (data) await end(data.access_token)
  } catch {
    // Out of reach: it ends when nobody uses it.
  }
}

async function exchange(): Promise<string> {
  const refreshToken = storage.getItem(REFRESH_KEY)
  if (refreshToken === null) throw new ApiProblem(401, 'session-ended', '', '', '')
  const call = open.POST('/sessions:refresh', { body: { refresh_token: refreshToken } })
  try {
    const session = await answerOf(call)
    setClock((await call).response)
    // Signed out while the answer was on its way: do not bring the session back.
    if (storage.getItem(REFRESH_KEY) !== refreshToken) throw new ApiProblem(401, 'session-ended', '', '', '')
    return keep(session)
  } catch (thrown) {
    // Only the server's own word ends a session: days without a network, or a stranger's 401, do not.
    if (thrown instanceof ApiProblem && thrown.code === 'refresh-token-invalid' && storage.getItem(REFRESH_KEY) === refreshToken) {
      forget()
      whenEnded()
    }
    throw thrown
  }
}

/** One exchange at a time: a refresh token works once, and a page starts several calls together. */
function refresh(): Promise<string> {
  if (refreshing !== null) return refreshing
  const shared = storage === localStorage && 'locks' in navigator
  const exchanged: Promise<string> = shared ? navigator.locks.request(TURN, exchange).then((token) => token) : exchange()
  refreshing = exchanged.finally(() => {
    refreshing = null
  })
  return refreshing
}

/**
 * A good access token of this account, for requests that are not made by `fetch`; `refused` is one
 * that the server took no longer. What one person made never goes out under the next one's name.
 */
export async function tokenOf(owner: number, refused?: string): Promise<string> {
  const token = accessToken !== null && accessToken !== refused ? accessToken : await refresh()
  mustBeOf(owner)
  return token
}

function bearing(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`)
  return request
}

const DUTIES: Record<string, Duty> = {
  'password-change-required': 'change_password', 'second-factor-setup-required': 'set_up_second_factor',
}

/** Notes a duty that the server reminds of: one may arise while a session is open. */
async function noteDuty(response: Response): Promise<void> {
  const duty = DUTIES[(await problemIn(response)).code]
  if (duty && !must.value.includes(duty)) must.value = [...must.value, duty]
}

function mustBeOf(owner: number | undefined): void {
  if (owner !== undefined && account.value?.id !== owner) throw new ApiProblem(0, 'other-account', '', '', '')
}

/**
 * `fetch` with the bearer token; a 401 is answered by one refresh and one repetition. With an `owner`
 * it goes out under that account or not at all.
 */
export async function authorisedFetch(request: Request, owner?: number): Promise<Response> {
  const used = accessToken ?? (await refresh())
  mustBeOf(owner)
  const spare = request.clone()
  let response = await send(bearing(request, used))
  if (response.status === 401) {
    const fresh = accessToken !== null && accessToken !== used ? accessToken : await refresh()
    mustBeOf(owner)
    response = await send(bearing(spare, fresh))
  }
  if (response.status === 403) await noteDuty(response)
  return response
}
