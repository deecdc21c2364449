import 'vant/es/overlay/index.css'
import 'vant/es/popup/index.css'
import 'vant/es/dialog/index.css'
import { showConfirmDialog } from 'vant'

/** What a question says, and what its two answers are called. */
export interface Question {
  title: string
  message: string
  yes: string
  no: string
}

/** Asks before something that cannot be taken back; whether the answer was yes. */
export function ask({ title, message, yes, no }: Question): Promise<boolean> {
  return showConfirmDialog({ title, message, confirmButtonText: yes, cancelButtonText: no, messageAlign: 'left' }).then(() => true, () => false)
}
