/** What a notice is about, in the order in which topics are offered. */
export const TOPICS = [
  'dispatched', 'offered', 'helping', 'sub_task_set', 'part_done', 'failed', 'disputed', 'raised', 'answered', 'limit_changed', 'draft_sent',
  'due_soon', 'overdue', 'card_delivered', 'card_settled', 'unrouted', 'returned', 'asked', 'card_drafted', 'card_replied',
] as const
/** What a notice is about. */
export type Topic = (typeof TOPICS)[number]

const OFFICE: readonly Topic[] = ['disputed', 'unrouted', 'returned', 'asked', 'card_drafted', 'card_replied']
const OFFICE_ALONE: readonly Topic[] = ['unrouted', 'returned', 'asked', 'card_drafted', 'card_replied']

/** The topics that are news of the office, or of a bureau. */
export function topicsOf(audience: 'office' | 'bureau'): readonly Topic[] {
  return audience === 'office' ? OFFICE : TOPICS.filter((topic) => !OFFICE_ALONE.includes(topic))
}

/** Those that mean that something is late, or about to be, or was not done. */
export function isPressing(topic: Topic): boolean {
  return topic === 'overdue' || topic === 'due_soon' || topic === 'failed' || topic === 'disputed' || topic === 'card_delivered'
}
