import { api } from '../api/client'
import { answerOf, problemIn } from '../api/problem'
import { BASE } from '../api/transport'
import type { Card, CardColour, CardDetail, CardPage, CardQuery, CardRulesView, CardStep, ManifestPhoto, ProposalList } from '../api/types'
import { authorisedFetch } from '../session'

/** One page of cards, the newest first. */
export function listCards(query: CardQuery): Promise<CardPage> {
  return answerOf(api.GET('/cards', { params: { query } })) as Promise<CardPage>
}

/** One card with all that belongs to it. */
export function getCard(id: number): Promise<CardDetail> {
  return answerOf(api.GET('/cards/{id}', { params: { path: { id } } })) as Promise<CardDetail>
}

/** Whom a talk or accountability is proposed for. */
export function listProposals(): Promise<ProposalList> {
  return answerOf(api.GET('/cards/proposals'))
}

/** The rules in force. */
export async function getCardRules(): Promise<CardRulesView> {
  return answerOf(api.GET('/card-rules'))
}

/** Drafts a card by hand; the same id again gives the card that is there. */
export function draftCard(body: { id: string; bureau: string; colour: CardColour | null; facts: string; issues: number[] }): Promise<Card> {
  return answerOf(api.POST('/cards', { body })) as Promise<Card>
}

/** What a step says, beside the card it is taken with. */
export interface CardStepBody {
  command_id: string
  text?: string
  cause?: string
  measures?: string
  person?: string
  photos?: ManifestPhoto[]
  scan?: ManifestPhoto[]
}

/** Takes a step with a card as the reader saw it. */
export function takeStep(step: CardStep, card: { id: number; version: number }, body: CardStepBody): Promise<Card> {
  const params = { path: { id: card.id }, header: { 'If-Match': `"${card.version}"` } }
  // The seven paths differ by the word alone.
  const path = `/cards/{id}:${step}` as '/cards/{id}:sign'
  return answerOf(api.POST(path, { params, body })) as Promise<Card>
}

/** A card on paper; the token goes in a header, never into an address. */
export async function printCard(id: number): Promise<Blob> {
  const response = await authorisedFetch(new Request(`${BASE}/cards/${String(id)}/paper.pdf`))
  if (!response.ok) throw await problemIn(response)
  return response.blob()
}
