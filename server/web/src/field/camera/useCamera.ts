import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref } from 'vue'
import { pictureOf, type Picture } from './picture'

/** `refused`: the person or the browser does not let the page see; `missing`: there is nothing to see with. */
export type CameraState = 'starting' | 'live' | 'refused' | 'missing'

const WANTED: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 2560 }, height: { ideal: 1920 } },
}

type Torched = MediaTrackCapabilities & { torch?: boolean }

/** The camera behind a `<video>`: live while the page is looked at, let go as soon as it is not. */
export function useCamera(video: Ref<HTMLVideoElement | null>) {
  const state = ref<CameraState>('starting')
  const hasTorch = ref(false)
  const torch = ref(false)
  const stream = shallowRef<MediaStream | null>(null)
  let asked = 0

  function stop(): void {
    asked += 1
    stream.value?.getTracks().forEach((track) => { track.stop() })
    stream.value = null
    torch.value = false
  }

  async function start(): Promise<void> {
    stop()
    const mine = asked
    // Missing on plain-http addresses, and in some web views.
    const devices = navigator.mediaDevices as MediaDevices | undefined
    if (!devices) { state.value = 'missing'; return }
    state.value = 'starting'
    try {
      const opened = await devices.getUserMedia(WANTED)
      if (mine !== asked) { opened.getTracks().forEach((track) => { track.stop() }); return }
      stream.value = opened
      const track = opened.getVideoTracks()[0]
      hasTorch.value = (track?.getCapabilities?.() as Torched | undefined)?.torch === true
      if (!video.value) return
      video.value.srcObject = opened
      await video.value.play()
      state.value = 'live'
    } catch (thrown) {
      if (mine !== asked) return
      state.value = (thrown as Error).name === 'NotAllowedError' ? 'refused' : 'missing'
    }
  }

  async function switchTorch(): Promise<void> {
    const track = stream.value?.getVideoTracks()[0]
    const wanted = { advanced: [{ torch: !torch.value } as MediaTrackConstraintSet] }
    await track?.applyConstraints(wanted).then(() => { torch.value = !torch.value }, () => { hasTorch.value = false })
  }

  /** What is in the viewfinder now. */
  function take(longest: number): Promise<Picture> {
    const seen = video.value
    if (!seen || seen.videoWidth === 0) return Promise.reject(new Error('the camera is not ready'))
    return pictureOf(seen, seen.videoWidth, seen.videoHeight, longest)
  }

  function onVisible(): void {
    if (document.visibilityState === 'hidden') stop()
    else void start()
  }

  onMounted(() => {
    document.addEventListener('visibilitychange', onVisible)
    void start()
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', onVisible)
    stop()
  })

  return { state, hasTorch, torch, switchTorch, take, start }
}
