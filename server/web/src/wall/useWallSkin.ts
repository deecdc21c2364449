import { computed, ref } from 'vue'
import { nowMs } from '../clock'
import type { SkinName } from '../maps/skins'
import { isNight } from './rates'

const KEY = 'zhoubian.wall.light'
const CHOICES = ['auto', 'day', 'night'] as const
type Choice = (typeof CHOICES)[number]

/** Day or night on the wall: by the hour unless somebody chose. */
export function useWallSkin() {
  const kept = localStorage.getItem(KEY)
  const choice = ref<Choice>(CHOICES.find((one) => one === kept) ?? 'auto')
  const night = computed(() => (choice.value === 'auto' ? isNight(nowMs.value) : choice.value === 'night'))
  const skin = computed<SkinName>(() => (night.value ? 'wallNight' : 'wallDay'))

  function turn(): void {
    choice.value = CHOICES[(CHOICES.indexOf(choice.value) + 1) % CHOICES.length] ?? 'auto'
    localStorage.setItem(KEY, choice.value)
  }

  return { choice, night, skin, turn }
}
