import { onBeforeUnmount, onMounted } from 'vue'

/** Takes what is pasted anywhere on the page: pictures always, words where no field has the keyboard. */
export function usePaste(onFiles: (files: File[]) => unknown, onText: (text: string) => void): void {
  function paste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])]
    if (files.length > 0) {
      event.preventDefault()
      onFiles(files)
      return
    }
    const target = event.target
    const writing = target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null
    const text = event.clipboardData?.getData('text/plain').trim() ?? ''
    if (writing || text === '') return
    event.preventDefault()
    onText(text)
  }
  onMounted(() => { document.addEventListener('paste', paste) })
  onBeforeUnmount(() => { document.removeEventListener('paste', paste) })
}
