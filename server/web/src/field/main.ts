import { createApp, watch } from 'vue'
import { i18n } from '../i18n'
import { must, onSessionEnded, staySignedIn } from '../session'
import FieldApp from './FieldApp.vue'
import { startTelling } from './outbox/deviceNews'
import { startSending } from './outbox/sender'
import { router } from './router'
import './typeSize'
import { holdPages, startAnewWhenStale } from './update'
import './ui'
import './field.css'

staySignedIn()
startAnewWhenStale()

onSessionEnded(() => {
  if (router.currentRoute.value.meta.open) return
  void router.replace({ name: 'signin', query: { next: router.currentRoute.value.fullPath, ended: '1' } })
})

// A duty can arise while a screen is open: a password grows too old, an administrator sets a new one.
watch(must, (duties) => {
  if (duties.length > 0 && router.currentRoute.value.meta.open !== true) void router.replace(router.currentRoute.value.fullPath)
})

createApp(FieldApp).use(i18n).use(router).mount('#app')
startSending()
startTelling()

// After the first paint: it fetches every file of the handheld.
window.addEventListener('load', () => { setTimeout(() => void holdPages(), 1_500) })
