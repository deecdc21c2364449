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

/** The six figures of the morning. */
export interface MorningFigures {
  new: number
  due_today: number
  overdue: number
  unrouted: number
  returned: number
  rectified_waiting: number
}
/** An issue to be shown to the meeting. */
export type Exposed = Issue & { photo: string | null; points: IssuePoint[] }
/** What the 8:30 meeting looks at. */
export interface Morning {
  at: string
  new_since: string
  figures: MorningFigures
  by_bureau: ({ bureau: string | null; name: string | null } & MorningFigures)[]
  by_point: ({ point: string; name: string | null; kind: string | null } & MorningFigures)[]
  exposed: Exposed[]
  evaluation_on?: string | null
  days_left?: number | null
}

/** A complaint or suggestion 投诉建议 of whoever works with the system. */
export interface Opinion {
  id: string
  from: string | null
  text: string
  received_at: string
  answer: { text: string; at: string } | null
}
export interface Opinions { items: Opinion[]; next: string | null }

interface Counted {
  category: string
  category_name: string | null
  condition: string | null
  opens_when: string | null
  place: string | null
  place_name: string | null
  seen: number
  right: number
  rate: { percent: number | null }
}
/** Counts 计数观测, and their sums by what was counted and where. */
export interface Counts {
  items: (Counted & { id: string; area_name: string | null; began_at: string; ended_at: string; note: string })[]
  sums: (Counted & { counts: number })[]
  next: string | null
}
