import { ref, watch } from 'vue'
import { LONGEST_SIDES, type LongestSide } from './picture'

const KEY = 'zhoubian.picture-side'
const USUAL: LongestSide = 1920

function kept(): LongestSide {
  const side = Number(localStorage.getItem(KEY))
  return LONGEST_SIDES.find((one) => one === side) ?? USUAL
}

/** How large photos are sent from this device, pixels of the longest side. */
export const pictureSide = ref<LongestSide>(kept())

watch(pictureSide, (side) => { localStorage.setItem(KEY, String(side)) })
