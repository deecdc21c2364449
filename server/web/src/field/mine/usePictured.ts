import { onBeforeUnmount, watch, type ShallowRef } from 'vue'
import { latestReports, type MyReport } from './calls'

const FIRST_WAIT_MS = 2_000
const LONGEST_WAIT_MS = 15_000
/** After so many looks, about two minutes, the screen has to be opened again. */
const LOOKS = 12

const isBeingMade = ({ report }: MyReport): boolean => report.photos.some(({ state }) => state === 'stored')

/** Asks for one's latest reports again while the server makes pictures of their photos. */
export function usePictured(reports: ShallowRef<MyReport[] | null>): void {
  let looks = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    const told = await latestReports().catch(() => null)
    const fresh = new Map(told?.value.reports.map((one) => [one.report.id, one]))
    // A new list even where nothing came: it is looked at again.
    reports.value = reports.value?.map((one) => fresh.get(one.report.id) ?? one) ?? null
  }

  watch(reports, (shown) => {
    clearTimeout(timer)
    if (looks >= LOOKS || !shown?.some(isBeingMade)) return
    timer = setTimeout(() => void look(), Math.min(FIRST_WAIT_MS * 1.3 ** looks, LONGEST_WAIT_MS))
    looks += 1
  })
  onBeforeUnmount(() => { clearTimeout(timer); looks = LOOKS })
}
