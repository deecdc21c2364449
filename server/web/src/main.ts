import { createApp, watch } from 'vue'
import App from './App.vue'
import { i18n } from './i18n'
import { router } from './router'
import { must, onSessionEnded } from './session'
import './ui'
import './style.css'

/** Where to come back to; from a page about signing in, that page's own target. */
function target(): string | undefined {
  const { name, fullPath, query } = router.currentRoute.value
  if (name !== 'signin' && name !== 'duty') return fullPath
  return typeof query['next'] === 'string' ? query['next'] : undefined
}

onSessionEnded(() => {
  if (router.currentRoute.value.name === 'signin') return
  void router.replace({ name: 'signin', query: { next: target(), ended: '1' } })
})

// A duty can arise while a page is open: a password grows too old, an administrator sets a new one.
watch(must, (duties) => {
  const { name } = router.currentRoute.value
  if (duties.length === 0 || name === 'duty' || name === 'signin' || name === 'handover' || name === undefined) return
  void router.replace({ name: 'duty', query: { next: target() } })
})

createApp(App).use(i18n).use(router).mount('#app')
