import { listCategories, listIssues } from '../api/client'
import type { Issue } from '../api/types'
import { distanceM, moved, type Spot } from '../maps/geometry'
import { detailOf, picturesOf } from './issuePhotos'
import type { NearbyIssue, SuggestRequest, Suggestion } from './wire'

const NEAR_M = 100
const MOST = 10

async function withPicture(issue: Issue, at: Spot, family: string | undefined, families: Map<string, string>): Promise<NearbyIssue> {
  const picture = issue.photos.stored > 0 ? picturesOf(await detailOf(issue.id))[0] : undefined
  return { ...issue, distance_m: issue.position ? distanceM(at, issue.position) : 0, photo: picture?.sha256 ?? null, same_family: family !== undefined && families.get(issue.category ?? '') === family }
}

async function nearbyOf({ position, category, issue }: SuggestRequest): Promise<NearbyIssue[]> {
  if (!position) return []
  const [low, high] = [moved(position, -NEAR_M, -NEAR_M), moved(position, NEAR_M, NEAR_M)]
  const [page, categories] = await Promise.all([listIssues({ bbox: [low.lon, low.lat, high.lon, high.lat].join(','), open: true, limit: 50 }), listCategories()])
  const families = new Map(categories.map((one) => [one.code, one.family]))
  const near = page.items.filter((one) => one.id !== issue && one.position && distanceM(position, one.position) <= NEAR_M)
  const found = await Promise.all(near.slice(0, MOST).map((one) => withPicture(one, position, families.get(category ?? ''), families)))
  return found.sort((a, b) => a.distance_m - b.distance_m)
}

/** What is known of a problem before it is decided on. */
export async function suggest(asked: SuggestRequest): Promise<Suggestion> {
  return { areas: [], points: [], candidates: [], route: null, nearby: await nearbyOf(asked) }
}
