import { api } from '../api/client'
import { answerOf } from '../api/problem'
import type { Channel, ChannelList, ChannelTested, MessagePage, MessageView, NoticePage, NoticeTopic, SetChannel } from '../api/types'

/** One page of the reader's notices, the newest first. */
export function listNotices(query: { topic?: NoticeTopic; before?: number; limit?: number }): Promise<NoticePage> {
  return answerOf(api.GET('/notices', { params: { query } })) as Promise<NoticePage>
}

/** Says up to which notice the reader has read; how many are left. */
export async function readNotices(through: number): Promise<number> {
  return (await answerOf(api.POST('/notices:read', { body: { through } }))).unread
}

/** Every channel, and where channels may lead. */
export function listChannels(): Promise<ChannelList> {
  return answerOf(api.GET('/channels')) as Promise<ChannelList>
}

/** Sets a channel; what is left out of where it leads stays as it is. */
export function setChannel(code: string, body: SetChannel): Promise<Channel> {
  return answerOf(api.PUT('/channels/{code}', { params: { path: { code } }, body })) as Promise<Channel>
}

/** Removes a channel with what waits to be sent by it. */
export async function removeChannel(code: string): Promise<void> {
  await answerOf(api.DELETE('/channels/{code}', { params: { path: { code } } }))
}

/** Sends a test message at once. */
export function testChannel(code: string): Promise<ChannelTested> {
  return answerOf(api.POST('/channels/{code}:test', { params: { path: { code } } }))
}

/** The newest messages of a channel that are in this state, or in any. */
export function listMessages(code: string, state: 'dead' | null): Promise<MessagePage> {
  return answerOf(api.GET('/channels/{code}/messages', { params: { path: { code }, query: state ? { state, limit: 20 } : { limit: 20 } } }))
}

/** Tries a message once more that was given up. */
export function retryMessage(id: string): Promise<MessageView> {
  return answerOf(api.POST('/messages/{id}:retry', { params: { path: { id } } }))
}
