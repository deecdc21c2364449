import { computed, onBeforeUnmount, ref } from 'vue'
import { serverNowMs } from './clock'

/** Whole seconds until a moment of the server's clock, as `m:ss` too; 0 when it is past or none is set. */
export function useCountdown() {
  const until = ref<number | null>(null)
  const now = ref(serverNowMs())
  const left = computed(() => (until.value === null ? 0 : Math.max(0, Math.ceil((until.value - now.value) / 1000))))
  const shown = computed(() => `${Math.floor(left.value / 60)}:${String(left.value % 60).padStart(2, '0')}`)
  const ticking = setInterval(() => { now.value = serverNowMs() }, 500)

  onBeforeUnmount(() => { clearInterval(ticking) })

  /** Counts down to a moment, in milliseconds since 1970. */
  function to(moment: number | null): void {
    now.value = serverNowMs()
    until.value = moment
  }

  return { left, shown, to, forSeconds: (seconds: number | null) => { to(seconds === null ? null : serverNowMs() + seconds * 1000) } }
}
