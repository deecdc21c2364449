import type { Issue, IssuePoint, StatedPosition } from '../api/types'

/** What is known of a problem before it is filed. */
export interface SuggestRequest {
  position?: StatedPosition | null
  category?: string | null
  condition?: string | null
  text?: string | null
  source?: string | null
  issue?: number | null
}
export interface Words { zh: string; en: string }
export interface Candidate {
  category: string
  category_name: string
  condition: string | null
  opens_when: string | null
  score: number
  words: string[]
  because: Words
}
export interface BureauNamed { code: string; name: string }
export interface RouteSuggested {
  category: string
  condition: string | null
  lead: BureauNamed | null
  cooperating: BureauNamed[]
  routing: { words: Words }
  due_at: string | null
}
export type NearbyIssue = Issue & { distance_m: number; photo: string | null; same_family: boolean }
export interface Suggestion {
  areas: { code: string; name: string; level: string }[]
  points: IssuePoint[]
  candidates: Candidate[]
  route: RouteSuggested | null
  nearby: NearbyIssue[]
}
