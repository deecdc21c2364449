import { computed, ref, shallowRef } from 'vue'
import { api, listIssues } from '../api/client'
import { answerOf } from '../api/problem'
import type { Figures, Morning } from '../api/types'
import { serverNowMs } from '../clock'
import type { District } from '../maps/district'
import { loadDistrict } from '../maps/loadDistrict'
import { openByPoint } from '../maps/openByPoint'
import { useOpenIssues } from '../maps/useOpenIssues'
import { getMorning } from '../office/calls'
import { midnight } from './rates'
import { useSteadyLoop } from './useSteadyLoop'

const REFRESH_MS = 60_000
/** Days that the closure rates look back. */
export const DAYS = 30
const PAGE = 200
/** Pages of today's reports: beyond it the wall says "and more" by its number alone. */
const MOST_PAGES = 10

const figuresOf = (from: number, to: number, by: string): Promise<Figures> =>
  answerOf(api.GET('/figures', { params: { query: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), by } } }))

/** How many issues that the reader may see were reported since an instant. */
async function countSince(since: number): Promise<number> {
  let count = 0
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next } = await listIssues({ sort: 'newest', limit: PAGE, ...(after === null ? {} : { after }) })
    const newer = items.filter((issue) => Date.parse(issue.reported_at) >= since).length
    count += newer
    after = next ?? null
    if (newer < items.length || after === null) break
  }
  return count
}

/** Everything a wallboard shows, asked for again every minute. */
export function useWallData() {
  const district = shallowRef<District | null>(null)
  const areas = shallowRef<Figures | null>(null)
  const morning = shallowRef<Morning | null>(null)
  const today = ref<{ reported: number; closed: number } | null>(null)
  const refreshedAt = ref<number | null>(null)
  const { issues, problem, load } = useOpenIssues()

  async function refresh(): Promise<void> {
    const now = Math.floor(serverNowMs() / 1_000) * 1_000
    const start = midnight(now)
    const [known, byArea, ofToday, reported, ofMorning] = await Promise.all([
      loadDistrict(), figuresOf(midnight(now, DAYS - 1), now, 'subdistrict'), figuresOf(start, Math.max(now, start + 1_000), 'total'), countSince(start), getMorning(), load(),
    ])
    if (problem.value) throw problem.value
    district.value = known
    morning.value = ofMorning
    areas.value = byArea
    today.value = { reported, closed: ofToday.total.closed }
    refreshedAt.value = serverNowMs()
  }

  const loop = useSteadyLoop(refresh, REFRESH_MS)
  /** The meeting's own figures, so that wall and meeting never differ; how many are open is of the map's issues. */
  const tallies = computed(() => morning.value && { ...morning.value.figures, open: issues.value.length })
  const open = computed(() => openByPoint(district.value?.points ?? [], issues.value))

  return { district, areas, morning, today, tallies, open, refreshedAt, ...loop }
}
