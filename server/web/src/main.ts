import { createApp } from 'vue'
import App from './App.vue'
import { i18n } from './i18n'
import { router } from './router'
import { onSessionEnded } from './session'
import './ui'
import './style.css'

onSessionEnded(() => {
  const here = router.currentRoute.value
  if (here.name === 'signin') return
  void router.replace({ name: 'signin', query: { next: here.fullPath, ended: '1' } })
})

createApp(App).use(i18n).use(router).mount('#app')
