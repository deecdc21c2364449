import { api } from '../../api/client'
import { answerOf, problemIn } from '../../api/problem'
import { BASE } from '../../api/transport'
import type {
  CreateAccount, CreateMachine, KeptAccount, Machine, NewSecret, PeopleImported, UpdateAccount, UpdateMachine,
} from '../../api/adminTypes'
import type { Device } from '../../api/types'
import { authorisedFetch } from '../../session'

/** As many as the server gives at once. */
const PAGE = 500

/** Every account, closed ones too. */
export async function listAccounts(): Promise<KeptAccount[]> {
  const all: KeptAccount[] = []
  let after: number | null = 0
  while (after !== null) {
    const page: { items: KeptAccount[]; next: number | null } = await answerOf(api.GET('/accounts', { params: { query: { after, limit: PAGE } } }))
    all.push(...page.items)
    after = page.next
  }
  return all
}

/** One account: the page that begins with its number. */
export async function findAccount(id: number): Promise<KeptAccount | null> {
  const page = await answerOf(api.GET('/accounts', { params: { query: { after: id - 1, limit: 1 } } }))
  return page.items.find((account) => account.id === id) ?? null
}

export function createAccount(body: CreateAccount): Promise<KeptAccount> {
  return answerOf(api.POST('/accounts', { body }))
}

export function changeAccount(id: number, body: UpdateAccount): Promise<KeptAccount> {
  return answerOf(api.PATCH('/accounts/{id}', { params: { path: { id } }, body }))
}

export async function unlockAccount(id: number): Promise<void> {
  await answerOf(api.POST('/accounts/{id}:unlock', { params: { path: { id } } }))
}

export async function removeFactor(id: number): Promise<void> {
  await answerOf(api.DELETE('/accounts/{id}/second-factor', { params: { path: { id } } }))
}

export async function listDevicesOf(id: number): Promise<Device[]> {
  return (await answerOf(api.GET('/accounts/{id}/sessions', { params: { path: { id } } }))).items
}

export async function signOutEverywhere(id: number): Promise<void> {
  await answerOf(api.DELETE('/accounts/{id}/sessions', { params: { path: { id } } }))
}

/** Brings accounts in line with a list of people, or says what that would do. */
export async function importPeople(list: File, options: { dryRun: boolean; partial: boolean }): Promise<PeopleImported> {
  const asked = new URLSearchParams({ dry_run: String(options.dryRun), partial: String(options.partial) })
  const request = new Request(`${BASE}/accounts:import?${asked.toString()}`, {
    method: 'POST', body: await list.arrayBuffer(), headers: { 'Content-Type': 'application/octet-stream' },
  })
  const response = await authorisedFetch(request)
  if (!response.ok) throw await problemIn(response)
  return (await response.json()) as PeopleImported
}

/** Every machine account. */
export async function listMachines(): Promise<Machine[]> {
  const all: Machine[] = []
  let after: number | null = 0
  while (after !== null) {
    const page: { items: Machine[]; next: number | null } = await answerOf(api.GET('/machines', { params: { query: { after, limit: PAGE } } }))
    all.push(...page.items)
    after = page.next
  }
  return all
}

export function createMachine(body: CreateMachine): Promise<NewSecret> {
  return answerOf(api.POST('/machines', { body }))
}

export function changeMachine(id: number, body: UpdateMachine): Promise<Machine> {
  return answerOf(api.PATCH('/machines/{id}', { params: { path: { id } }, body }))
}

export function createSecret(id: number): Promise<NewSecret> {
  return answerOf(api.POST('/machines/{id}/secrets', { params: { path: { id } }, body: {} }))
}

export async function revokeSecret(id: number, secret: number): Promise<void> {
  await answerOf(api.DELETE('/machines/{id}/secrets/{secret}', { params: { path: { id, secret } } }))
}
