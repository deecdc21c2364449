import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { newId } from '../api/newId'
import type { StatedPosition } from '../api/types'
import type { ChosenPhoto } from './commands'

const TYPES: Record<string, string> = { jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp', heic: 'image/heic', heif: 'image/heic' }

/** Some browsers leave the type of a HEIC file empty: its name is asked next. */
function mediaTypeOf(file: File): string | null {
  if (Object.values(TYPES).includes(file.type)) return file.type
  return TYPES[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? null
}

/**
 * Names a file by its content; null when it is no photo the server takes.
 * Hashed in script rather than by `crypto.subtle`, which browsers hide on plain-http addresses.
 */
export async function choosePhoto(file: File): Promise<ChosenPhoto | null> {
  const media_type = mediaTypeOf(file)
  if (media_type === null) return null
  const bytes = new Uint8Array(await file.arrayBuffer())
  return {
    file,
    manifest: {
      photo_id: newId(),
      sha256: bytesToHex(sha256(bytes)),
      bytes: bytes.length,
      media_type,
      // For a photo just taken this is the moment of the shutter; the server has its own opinion.
      captured_at: new Date(file.lastModified).toISOString(),
    },
  }
}

/** Where the device is now (WGS-84); null when it will not or cannot say within 15 s. */
export function whereAmI(): Promise<StatedPosition | null> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) {
      resolve(null)
      return
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { resolve({ lat: coords.latitude, lon: coords.longitude, datum: 'wgs84', accuracy_m: coords.accuracy }) },
      () => { resolve(null) },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    )
  })
}
