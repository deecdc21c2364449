import { draw, type Size } from './drawing'

/** The longer edge of what is sent, and how much of the picture is kept. */
export const PHOTO_SIZE: Size = { edge: 1600, quality: 0.8 }

/** Drawn beside the page, where the browser can: an old phone takes a second for a photo. */
let worker: Worker | null | undefined

function workerOrNone(): Worker | null {
  if (worker !== undefined) return worker
  const canDraw = typeof OffscreenCanvas !== 'undefined' && typeof createImageBitmap !== 'undefined' && typeof Worker !== 'undefined'
  worker = canDraw ? new Worker(new URL('./compressWorker.ts', import.meta.url), { type: 'module' }) : null
  return worker
}

let asked = 0

function inWorker(drawing: Worker, photo: Blob, size: Size): Promise<Blob> {
  asked += 1
  const mine = asked
  return new Promise((resolve, reject) => {
    const ending = new AbortController()
    const { signal } = ending
    drawing.addEventListener('message', ({ data }: MessageEvent<{ id: number; blob: Blob | null }>) => {
      if (data.id !== mine) return
      ending.abort()
      if (data.blob) resolve(data.blob)
      else reject(new Error('not drawn'))
    }, { signal })
    drawing.addEventListener('error', () => {
      ending.abort()
      // Such as a web view that starts no module worker: from now on it is drawn here.
      worker = null
      reject(new Error('no worker'))
    }, { signal })
    drawing.postMessage({ id: mine, photo, size })
  })
}

/**
 * A photo as it is sent: a JPEG of the set size. One that the browser cannot draw (a HEIC file on most
 * phones), or that is smaller as it is, stays what it was. When and where it was taken goes beside
 * it, since drawing takes that out of the file.
 */
export async function compressPhoto(photo: Blob, size: Size = PHOTO_SIZE): Promise<Blob> {
  const drawing = workerOrNone()
  try {
    const drawn = await (drawing ? inWorker(drawing, photo, size).catch(() => draw(photo, size)) : draw(photo, size))
    return drawn.size < photo.size || photo.type !== 'image/jpeg' ? drawn : photo
  } catch {
    return photo
  }
}
