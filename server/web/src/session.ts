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
 * The refresh token is in sessionStorage, so that a reload does not ask for the password again,
 * yet closing the tab forgets it: office machines are shared. localStorage would outlive the
 * person; a cookie would need protection against forged cross-site requests.
 * A duplicated tab copies the refresh token, which works once: the slower tab signs in again.
 */
const REFRESH_KEY = 'zhoubian.refresh'

const open = createClient<paths>({ baseUrl: BASE, fetch: send })

let accessToken: string | null = null
let refreshing: Promise<string> | null = null
let whenEnded: () => void = () => undefined

/** Who is signed in; null before the first answer of the server and after signing out. */
export const account = shallowRef<Account | null>(null)

/** What the account has to do first; every other call is refused while there is something. */
export const must = shallowRef<Duty[]>([])

/** Called when the server no longer accepts the session. */
export function onSessionEnded(listener: () => void): void {
  whenEnded = listener
}

/** Whether this tab holds a session that may still be good. */
export function hasSession(): boolean {
  return sessionStorage.getItem(REFRESH_KEY) !== null
}

function keep(session: Session): string {
  accessToken = session.access_token
  account.value = session.account
  must.value = session.must
  sessionStorage.setItem(REFRESH_KEY, session.refresh_token)
  return session.access_token
}

function forget(): void {
  accessToken = null
  account.value = null
  must.value = []
  sessionStorage.removeItem(REFRESH_KEY)
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
  const refreshToken = sessionStorage.getItem(REFRESH_KEY)
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
  const refreshToken = sessionStorage.getItem(REFRESH_KEY)
  if (refreshToken === null) throw new ApiProblem(401, 'session-ended', '', '', '')
  const call = open.POST('/sessions:refresh', { body: { refresh_token: refreshToken } })
  try {
    const session = await answerOf(call)
    setClock((await call).response)
    // Signed out while the answer was on its way: do not bring the session back.
    if (!hasSession()) throw new ApiProblem(401, 'session-ended', '', '', '')
    return keep(session)
  } catch (thrown) {
    if (thrown instanceof ApiProblem && thrown.status === 401) {
      forget()
      whenEnded()
    }
    throw thrown
  }
}

/** One exchange at a time: a refresh token works once, and a page starts several calls together. */
function refresh(): Promise<string> {
  refreshing ??= exchange().finally(() => {
    refreshing = null
  })
  return refreshing
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

/** `fetch` with the bearer token; a 401 is answered by one refresh and one repetition. */
export async function authorisedFetch(request: Request): Promise<Response> {
  const used = accessToken ?? (await refresh())
  const spare = request.clone()
  let response = await send(bearing(request, used))
  if (response.status === 401) {
    const fresh = accessToken !== null && accessToken !== used ? accessToken : await refresh()
    response = await send(bearing(spare, fresh))
  }
  if (response.status === 403) await noteDuty(response)
  return response
}
