import { ref, watch } from 'vue'

/** How large the handheld's type is. */
export type TypeSize = 'normal' | 'large'

const KEY = 'zhoubian.type'

/** The size in use on this device. */
export const typeSize = ref<TypeSize>(localStorage.getItem(KEY) === 'large' ? 'large' : 'normal')

watch(typeSize, (chosen) => {
  localStorage.setItem(KEY, chosen)
  document.documentElement.dataset['type'] = chosen
}, { immediate: true })
