/*
 * What the walks through the office's pages share.
 */

/** What Ctrl+V brings after a screenshot was taken. */
export function paste(page, words) {
  return page.evaluate(async (text) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 360, height: 640 })
    const draw = canvas.getContext('2d')
    draw.fillStyle = '#c9dbe3'
    draw.fillRect(0, 0, 360, 640)
    draw.fillStyle = '#14222a'
    draw.font = '28px sans-serif'
    draw.fillText(text, 20, 120)
    const bytes = await new Promise((done) => canvas.toBlob(done, 'image/png'))
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }))
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, words)
}
