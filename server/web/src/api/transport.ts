import { ApiProblem } from './problem'
import { locale } from '../i18n/locale'

/** Where the API stands on the server these pages came from; the document's paths begin below it. */
export const BASE = '/api/v1'

/** Sends a request; a network failure becomes the problem `unreachable`. */
export async function send(request: Request): Promise<Response> {
  request.headers.set('Accept-Language', locale.value === 'zh' ? 'zh-CN' : 'en')
  try {
    return await fetch(request)
  } catch {
    throw new ApiProblem(0, 'unreachable', '', '', '')
  }
}
