import { computed, onBeforeUnmount, reactive, ref } from 'vue'
import type { StatedPosition } from '../../api/types'
import { account } from '../../session'
import type { Shot } from '../camera/shot'
import { addPhoto, beginDraft, discard, outbox, removePhoto, replacePhoto, photoBlob, saveDraft, setPart, submitDraft, sideOf, type OutboxPhoto, type ReportFields } from '../outbox'
import { backToDevice, locate, pointAt } from './placing'

const SAVE_AFTER_MS = 400

function empty(): ReportFields {
  // 创城办's own people supervise when they are in the street.
  const supervises = account.value?.role === 'supervisor' || account.value?.role === 'office'
  return { source: supervises ? 'supervisor' : 'inspector', note: '' }
}

/**
 * The report being made. From the first shutter on it lies on the device as a draft: a kill takes
 * nothing but what was typed in the last half second.
 */
export function useReportDraft(resumed: string | null) {
  const id = ref<string | null>(null)
  const fields = reactive<ReportFields>(empty())
  const label = ref('')
  let saving: ReturnType<typeof setTimeout> | undefined
  /** One thing after another: a second shutter must not begin a second draft. */
  let last: Promise<unknown> = Promise.resolve()

  const item = computed(() => outbox.value.find((one) => one.id === id.value) ?? null)
  const photos = computed<OutboxPhoto[]>(() => item.value?.photos ?? [])

  function resume(): void {
    const kept = outbox.value.find((one) => one.id === resumed && one.kind === 'report' && one.state === 'draft')
    if (!kept) return
    id.value = kept.id
    label.value = kept.label
    Object.assign(fields, kept.fields)
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }

  async function saveNow(): Promise<void> {
    clearTimeout(saving)
    saving = undefined
    if (id.value !== null) await saveDraft(id.value, { ...fields }, label.value)
  }

  /** Call after every change. */
  function save(): void {
    clearTimeout(saving)
    saving = setTimeout(() => void inTurn(saveNow), SAVE_AFTER_MS)
  }

  /** Adds what a shutter gave; throws `NoRoom` when the device cannot keep it. */
  function add(shot: Shot, part: 'scene' | 'after'): Promise<void> {
    return inTurn(async () => {
      if (shot.position) locate(fields, shot.position)
      const photo = { ...shot, part }
      if (id.value !== null) {
        await addPhoto(id.value, photo)
        await saveNow()
      } else {
        id.value = await beginDraft('report', { fields: { ...fields }, label: label.value, captured: shot.captured, photos: [photo] })
      }
    })
  }

  /** Sends the drawn copy first, and the photo as it was taken as one of its own. */
  function draw(photo: OutboxPhoto, drawn: Blob): Promise<void> {
    return inTurn(async () => {
      const original = await photoBlob(photo.id)
      if (id.value === null || original === null) return
      await replacePhoto(photo.id, drawn)
      await addPhoto(id.value, { blob: original, captured: photo.captured, position: photo.position, part: photo.part })
    })
  }

  /** Fixed by whoever found it, or not after all. Which side a photo shows is said when it is sent. */
  function handle(isHandled: boolean): void {
    if (isHandled) fields.self_handled = true
    else delete fields.self_handled
    save()
  }

  /** What was taken for one side shows the other. */
  function turn(photo: OutboxPhoto): Promise<void> {
    return inTurn(() => setPart(photo.id, sideOf(photo) === 'after' ? 'scene' : 'after'))
  }

  function remove(photo: OutboxPhoto): Promise<void> {
    return inTurn(() => removePhoto(photo.id))
  }

  function moveTo(place: StatedPosition): void {
    pointAt(fields, place)
    save()
  }

  function moveBack(): void {
    backToDevice(fields)
    save()
  }

  /** A position that came after the shutter. */
  function located(position: StatedPosition | null): void {
    if (position && locate(fields, position)) save()
  }

  function send(): Promise<string | null> {
    return inTurn(async () => {
      await saveNow()
      if (id.value !== null) await submitDraft(id.value)
      return id.value
    })
  }

  function drop(): Promise<void> {
    return inTurn(async () => {
      clearTimeout(saving)
      if (id.value !== null) await discard(id.value)
      id.value = null
    })
  }

  function onHidden(): void {
    if (document.visibilityState === 'hidden' && saving !== undefined) void inTurn(saveNow)
  }

  document.addEventListener('visibilitychange', onHidden)
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', onHidden)
    if (saving !== undefined) void inTurn(saveNow)
  })

  return { id, fields, label, photos, resume, save, add, draw, handle, turn, remove, moveTo, moveBack, located, send, drop }
}
