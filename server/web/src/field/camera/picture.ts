/** A picture as it will be sent: JPEG, upright, without what the camera wrote into it. */
export interface Picture { blob: Blob; width: number; height: number }

/** How much larger than the other side a canvas is drawn: by its longest side, in pixels. */
export const LONGEST_SIDES = [1280, 1920, 2560] as const
export type LongestSide = (typeof LONGEST_SIDES)[number]

const QUALITY = 0.84

/** The size at which a picture is sent: never larger than it was taken. */
export function fitted(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function jpegOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => { if (blob) resolve(blob); else reject(new Error('the picture could not be written')) }, 'image/jpeg', QUALITY)
  })
}

/** Draws something at the size it is sent, and whatever `over` puts on top of it. */
export async function pictureOf(source: CanvasImageSource, width: number, height: number, longest: number, over?: (context: CanvasRenderingContext2D, size: { width: number; height: number }) => void): Promise<Picture> {
  const size = fitted(width, height, longest)
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser cannot draw')
  context.drawImage(source, 0, 0, size.width, size.height)
  over?.(context, size)
  return { blob: await jpegOf(canvas), ...size }
}

/** Opens the bytes of a photo, turned as its camera was held. */
export async function openPicture(blob: Blob): Promise<{ source: CanvasImageSource; width: number; height: number; close: () => void }> {
  if ('createImageBitmap' in window) {
    const bitmap = await createImageBitmap(blob, { imageOrientation: 'from-image' })
    return { source: bitmap, width: bitmap.width, height: bitmap.height, close: () => { bitmap.close() } }
  }
  const image = new Image()
  const url = URL.createObjectURL(blob)
  image.src = url
  await image.decode()
  return { source: image, width: image.naturalWidth, height: image.naturalHeight, close: () => { URL.revokeObjectURL(url) } }
}

/** A chosen file made small enough to send; null when this browser cannot open it (HEIC): then it goes as it is. */
export async function shrunk(file: Blob, longest: number): Promise<Picture | null> {
  try {
    const { source, width, height, close } = await openPicture(file)
    try {
      return await pictureOf(source, width, height, longest)
    } finally {
      close()
    }
  } catch {
    return null
  }
}
