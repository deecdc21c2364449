import { OutboxStore } from './store'

/** The outbox of this device. */
export const outboxStore = new OutboxStore()
