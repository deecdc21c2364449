import { ref } from 'vue'

/** Whether the device believes to have a network. It may be wrong: only an answer proves one. */
export const isOnline = ref(navigator.onLine)

window.addEventListener('online', () => { isOnline.value = true })
window.addEventListener('offline', () => { isOnline.value = false })
