import { ref, shallowRef } from 'vue'

/** What the browser says of the room on this device; null where it does not say. */
export interface Room {
  used: number
  quota: number
}

export const room = shallowRef<Room | null>(null)
/** Whether the system has promised not to clear what is kept here; null where it does not say. */
export const isPersistent = ref<boolean | null>(null)

/** Looks how much room there is. */
export async function lookAtRoom(): Promise<void> {
  const storage = navigator.storage as StorageManager | undefined
  const estimate = await storage?.estimate?.().catch(() => undefined)
  room.value = estimate?.usage === undefined || estimate.quota === undefined ? null : { used: estimate.usage, quota: estimate.quota }
  isPersistent.value = (await storage?.persisted?.().catch(() => null)) ?? null
}

/** Asks that what is kept here be never cleared by the system. */
export async function askToPersist(): Promise<boolean> {
  const storage = navigator.storage as StorageManager | undefined
  const granted = (await storage?.persist?.().catch(() => false)) ?? false
  await lookAtRoom()
  return granted
}
