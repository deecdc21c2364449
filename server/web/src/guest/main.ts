import { createApp, watch } from 'vue'
import { createI18n } from 'vue-i18n'
import { guest as en } from '../i18n/en/guest'
import { locale } from '../i18n/locale'
import { guest as zh } from '../i18n/zh/guest'
import '../style.css'
import './guest.css'
import GuestApp from './GuestApp.vue'

/** Only what this page says: whoever opens it has a telephone and a moment. */
const i18n = createI18n({ legacy: false, locale: locale.value, fallbackLocale: 'zh', messages: { zh: { guest: zh }, en: { guest: en } } })
watch(locale, (chosen) => { i18n.global.locale.value = chosen })

createApp(GuestApp).use(i18n).mount('#app')
