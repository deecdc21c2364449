import { ref, shallowReactive } from 'vue'

/** The item that this tab is sending. */
export const sendingItem = ref<string | null>(null)

/** How many bytes of a photo have left this tab, between what the server has said to have. */
export const photoProgress = shallowReactive(new Map<string, number>())
