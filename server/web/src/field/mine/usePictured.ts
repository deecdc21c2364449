import { onBeforeUnmount, watch, type ShallowRef } from 'vue'
import { LOOKS, pauseMs } from '../../issue/looks'
import { latestReports, type MyReport } from './calls'

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
    timer = setTimeout(() => void look(), pauseMs(looks))
    looks += 1
  })
  onBeforeUnmount(() => { clearTimeout(timer); looks = LOOKS })
}
