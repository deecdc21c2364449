/** How large a photo is drawn. */
export interface Size {
  /** Pixels of the longer edge, at most. */
  edge: number
  /** 0 to 1. */
  quality: number
}

/** The size within the edge, never larger than it was. */
export function within(width: number, height: number, edge: number): [number, number] {
  const scale = Math.min(1, edge / Math.max(width, height))
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
}

async function onCanvas(picture: ImageBitmap | HTMLImageElement, [width, height]: [number, number], quality: number): Promise<Blob> {
  if (typeof OffscreenCanvas !== 'undefined') {
    const canvas = new OffscreenCanvas(width, height)
    canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
    return canvas.convertToBlob({ type: 'image/jpeg', quality })
  }
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => { if (blob) resolve(blob); else reject(new Error('not drawn')) }, 'image/jpeg', quality)
  })
}

/** Where there are no bitmaps: an image element turns the photo upright by itself. */
async function asImage(photo: Blob): Promise<HTMLImageElement> {
  const image = new Image()
  const url = URL.createObjectURL(photo)
  try {
    image.src = url
    await image.decode()
    return image
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** Draws a photo upright, as a JPEG of this size. */
export async function draw(photo: Blob, { edge, quality }: Size): Promise<Blob> {
  const picture = typeof createImageBitmap === 'undefined' ? await asImage(photo) : await createImageBitmap(photo, { imageOrientation: 'from-image' })
  const size = 'naturalWidth' in picture ? within(picture.naturalWidth, picture.naturalHeight, edge) : within(picture.width, picture.height, edge)
  try {
    return await onCanvas(picture, size, quality)
  } finally {
    if ('close' in picture) picture.close()
  }
}
