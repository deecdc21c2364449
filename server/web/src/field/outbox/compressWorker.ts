import { draw, type Size } from './drawing'

self.addEventListener('message', ({ data: { id, photo, size } }: MessageEvent<{ id: number; photo: Blob; size: Size }>) => {
  draw(photo, size).then((blob) => { self.postMessage({ id, blob }) }, () => { self.postMessage({ id, blob: null }) })
})
