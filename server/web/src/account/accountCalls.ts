import { api } from '../api/client'
import { answerOf } from '../api/problem'
import type { Device, Handover, Me } from '../api/types'

/** Who is signed in, with what concerns signing in. */
export function getMe(): Promise<Me> {
  return answerOf(api.GET('/me'))
}

/** Sets one's own password; the server ends the sessions on other devices. */
export async function changePassword(current: string, fresh: string): Promise<void> {
  await answerOf(api.PUT('/me/password', { body: { current, new: fresh } }))
}

/** What an authenticator app needs: the secret in base 32, and the same as an `otpauth:` address. */
export interface TotpSecret { secret: string; uri: string }

/** Begins to set up a second factor; nothing is asked at sign-in before it is confirmed. */
export function beginSecondFactor(password: string): Promise<TotpSecret> {
  return answerOf(api.POST('/me/second-factor', { body: { password } }))
}

/** Confirms the second factor with a code of it; gives the recovery codes, once. */
export async function confirmSecondFactor(code: string): Promise<string[]> {
  return (await answerOf(api.POST('/me/second-factor:confirm', { body: { code } }))).recovery_codes
}

/** Takes the second factor off. */
export async function removeSecondFactor(password: string, code: string): Promise<void> {
  await answerOf(api.DELETE('/me/second-factor', { body: { password, code } }))
}

/** The devices one is signed in on. */
export async function listDevices(): Promise<Device[]> {
  return (await answerOf(api.GET('/me/sessions'))).items
}

/** Ends the session of one device. */
export async function endDevice(id: string): Promise<void> {
  await answerOf(api.DELETE('/me/sessions/{id}', { params: { path: { id } } }))
}

/** Ends the sessions of all devices but this one. */
export async function endOtherDevices(): Promise<void> {
  await answerOf(api.DELETE('/me/sessions'))
}

/** Makes a code with which another device takes the session over; `keep` leaves this one signed in. */
export function beginHandover(keep: boolean): Promise<Handover> {
  return answerOf(api.POST('/me/handovers', { body: { keep } }))
}
