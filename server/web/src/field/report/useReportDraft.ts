import { computed, onBeforeUnmount, reactive, ref } from 'vue'
import type { StatedPosition } from '../../api/types'
import { account } from '../../session'
import type { Shot } from '../camera/shot'
import { OFFERED } from '../offered'
import { addPhoto, beginDraft, discard, outbox, removePhoto, replacePhoto, photoBlob, saveDraft, setPart, submitDraft, type OutboxPhoto, type Part, type ReportFields } from '../outbox'

const SAVE_AFTER_MS = 400

function empty(): ReportFields {
  return { source: account.value?.role === 'supervisor' ? 'supervisor' : 'inspector', note: '' }
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
  let turn: Promise<unknown> = Promise.resolve()

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
    const done = turn.then(work)
    turn = done.catch(() => undefined)
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
  function add(shot: Shot, part: Part): Promise<void> {
    return inTurn(async () => {
      if (shot.position && !fields.position) fields.position = shot.position
      const photo = { ...shot, part: part === 'scene' && fields.self_handled ? 'before' as const : part }
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

  /** Fixed by whoever found it: what was taken so far shows it before. */
  function handle(isHandled: boolean): void {
    // Left out where it is not so: a server that does not know the word takes the report all the same.
    if (isHandled) fields.self_handled = true
    else delete fields.self_handled
    save()
    void inTurn(async () => {
      for (const { id: photo, part } of photos.value) {
        if (isHandled ? part === 'scene' : part !== 'scene') await setPart(photo, isHandled ? 'before' : 'scene')
      }
    })
  }

  function remove(photo: OutboxPhoto): Promise<void> {
    return inTurn(() => removePhoto(photo.id))
  }

  /** The device's own word stays beside a place that somebody pointed at. */
  function moveTo(place: StatedPosition): void {
    fields.device_position ??= fields.position ?? null
    fields.position = place
    save()
  }

  function backToDevice(): void {
    fields.position = fields.device_position ?? null
    delete fields.device_position
    save()
  }

  /** A position that came after the shutter. */
  function located(position: StatedPosition | null): void {
    if (!position) return
    if (!fields.position) fields.position = position
    else if (fields.device_position === null) fields.device_position = position
    else return
    save()
  }

  function send(): Promise<string | null> {
    return inTurn(async () => {
      // The photos' own lines say where the device was, too.
      if (!OFFERED.devicePosition) delete fields.device_position
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

  return { id, fields, label, photos, resume, save, add, draw, handle, remove, moveTo, backToDevice, located, send, drop }
}
