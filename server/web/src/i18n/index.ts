import { watch } from 'vue'
import { createI18n } from 'vue-i18n'
import { en } from './en'
import { locale } from './locale'
import { zh } from './zh'

/** The messages of both languages. */
export const i18n = createI18n({
  legacy: false,
  locale: locale.value,
  fallbackLocale: 'zh',
  messages: { zh, en },
})

watch(locale, (chosen) => {
  i18n.global.locale.value = chosen
})
