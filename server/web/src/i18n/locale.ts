import { ref, watch } from 'vue'

/** A language the pages speak. */
export type Locale = 'zh' | 'en'

const KEY = 'zhoubian.locale'

/** The language in use. Chinese unless the reader chose otherwise on this device. */
export const locale = ref<Locale>(localStorage.getItem(KEY) === 'en' ? 'en' : 'zh')

watch(
  locale,
  (chosen) => {
    localStorage.setItem(KEY, chosen)
    document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en'
  },
  { immediate: true },
)
