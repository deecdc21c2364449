import { i18n } from '../i18n'
import { signOut } from '../session'
import { ask } from './ask'
import { countUnsent } from './outbox'

/** Signs out; with something unsent it asks first, and keeps it for this person alone. Whether they left. */
export async function leave(): Promise<boolean> {
  const { t } = i18n.global
  const n = await countUnsent()
  const question = { title: t('field.mine.leaveTitle', { n }), message: t('field.mine.leaveText'), yes: t('field.mine.leave'), no: t('field.mine.stay') }
  if (n > 0 && !(await ask(question))) return false
  await signOut()
  return true
}
