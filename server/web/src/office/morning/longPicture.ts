import { encode } from 'uqr'

/* The morning as one tall picture for a chat group, drawn on a canvas: 1080 wide, read on telephones. */

export interface PictureEntry {
  title: string
  note: string
  where: string
  unit: string
  late: string
  photo: ImageBitmap | null
}

/** What the picture says, in the reader's words already. */
export interface PictureText {
  title: string
  at: string
  countdown: string
  figures: { name: string; value: number; late: boolean }[]
  tableTitle: string
  tableOf: string
  columns: string[]
  rows: { name: string; values: number[] }[]
  entriesTitle: string
  entries: PictureEntry[]
  link: string
  linkText: string
}

const WIDTH = 1080
const EDGE = 56
const INNER = WIDTH - 2 * EDGE
const INK = '#14222a'
const GREY = '#3d4c56'
const RED = '#98141b'
const FACE = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"

type Draw = CanvasRenderingContext2D

function font(draw: Draw, size: number, weight = 400): void {
  draw.font = `${weight} ${size}px ${FACE}`
}

/** A text cut into lines that fit; the last one shortened where there are more. */
export function linesOf(measure: (text: string) => number, text: string, width: number, most: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const letter of text) {
    if (line !== '' && measure(line + letter) > width) {
      lines.push(line)
      line = ''
    }
    line += letter
  }
  if (line !== '') lines.push(line)
  if (lines.length <= most) return lines
  const kept = lines.slice(0, most)
  kept[most - 1] = `${(kept[most - 1] ?? '').slice(0, -1)}…`
  return kept
}

/** Writes a text from `top` on; gives where it ends. */
function write(draw: Draw, text: string, left: number, top: number, size: number, how: { width?: number; weight?: number; colour?: string; most?: number } = {}): number {
  font(draw, size, how.weight)
  draw.fillStyle = how.colour ?? INK
  draw.textBaseline = 'top'
  draw.textAlign = 'left'
  const lines = linesOf((one) => draw.measureText(one).width, text, how.width ?? INNER, how.most ?? 2)
  lines.forEach((line, at) => { draw.fillText(line, left, top + at * size * 1.4) })
  return top + lines.length * size * 1.4
}

function drawHead(draw: Draw, { title, at, countdown }: PictureText): number {
  draw.fillStyle = '#0b3b4f'
  draw.fillRect(0, 0, WIDTH, 220)
  const end = write(draw, title, EDGE, 44, 64, { weight: 700, colour: '#fff', most: 1 })
  write(draw, [at, countdown].filter(Boolean).join('   '), EDGE, end + 8, 34, { colour: '#d3e6ec', most: 1 })
  return 260
}

function drawFigures(draw: Draw, { figures }: PictureText, top: number): number {
  const [gap, high] = [20, 170]
  const wide = (INNER - 2 * gap) / 3
  figures.forEach(({ name, value, late }, at) => {
    const left = EDGE + (at % 3) * (wide + gap)
    const y = top + Math.floor(at / 3) * (high + gap)
    draw.fillStyle = late ? '#fbedee' : '#eef3f5'
    draw.beginPath()
    draw.roundRect(left, y, wide, high, 16)
    draw.fill()
    draw.textAlign = 'center'
    draw.textBaseline = 'top'
    draw.fillStyle = late ? RED : INK
    font(draw, 84, 700)
    draw.fillText(String(value), left + wide / 2, y + 18)
    font(draw, 34)
    draw.fillText(name, left + wide / 2, y + 116)
  })
  return top + Math.ceil(figures.length / 3) * (high + gap) + 20
}

function drawTable(draw: Draw, { tableTitle, tableOf, columns, rows }: PictureText, top: number): number {
  if (rows.length === 0) return top
  let y = write(draw, tableTitle, EDGE, top, 42, { weight: 700, most: 1 }) + 6
  const wide = 150
  const leftOf = (at: number): number => WIDTH - EDGE - (columns.length - at) * wide
  const line = (name: string, cells: string[], head: boolean): void => {
    font(draw, head ? 28 : 34, head ? 400 : 600)
    write(draw, name, EDGE, y + 14, head ? 28 : 34, { width: leftOf(0) - EDGE - 10, most: 1, weight: head ? 400 : 600, colour: head ? GREY : INK })
    cells.forEach((cell, at) => {
      font(draw, head ? 28 : 36, head ? 400 : 700)
      draw.textAlign = 'right'
      draw.fillStyle = head || cell === '0' ? GREY : at === 0 ? RED : INK
      draw.fillText(cell, leftOf(at) + wide, y + 14)
    })
    y += head ? 54 : 66
    draw.fillStyle = '#d3dce0'
    draw.fillRect(EDGE, y, INNER, 2)
  }
  line(tableOf, columns, true)
  for (const { name, values } of rows) line(name, values.map(String), false)
  return y + 50
}

function drawPhoto(draw: Draw, photo: ImageBitmap | null, top: number, high: number): void {
  draw.fillStyle = '#e9eff1'
  draw.fillRect(EDGE, top, INNER, high)
  if (!photo) return
  const scale = Math.max(INNER / photo.width, high / photo.height)
  const [wide, tall] = [INNER / scale, high / scale]
  draw.drawImage(photo, (photo.width - wide) / 2, (photo.height - tall) / 2, wide, tall, EDGE, top, INNER, high)
}

function drawEntries(draw: Draw, { entries, entriesTitle }: PictureText, top: number): number {
  if (entries.length === 0) return top
  let y = write(draw, entriesTitle, EDGE, top, 42, { weight: 700, most: 1 }) + 14
  for (const entry of entries) {
    drawPhoto(draw, entry.photo, y, 620)
    y = write(draw, entry.late, EDGE, y + 640, 40, { weight: 700, colour: RED, most: 1 })
    y = write(draw, `${entry.title}  ${entry.note}`, EDGE, y, 38, { weight: 600 })
    y = write(draw, entry.where, EDGE, y, 34, { colour: GREY, most: 1 })
    y = write(draw, entry.unit, EDGE, y, 38, { weight: 700, most: 1 }) + 44
  }
  return y
}

function drawCode(draw: Draw, { link, linkText }: PictureText, top: number): number {
  const code = encode(link, { ecc: 'M', border: 4 })
  const dot = Math.floor(300 / code.size)
  const size = dot * code.size
  draw.fillStyle = '#fff'
  draw.fillRect(EDGE, top, size, size)
  draw.fillStyle = '#000'
  code.data.forEach((row, y) => { row.forEach((dark, x) => { if (dark) draw.fillRect(EDGE + x * dot, top + y * dot, dot, dot) }) })
  write(draw, linkText, EDGE + size + 30, top + 60, 34, { width: INNER - size - 30, most: 4, colour: GREY })
  return top + size + EDGE
}

function drawAll(draw: Draw, text: PictureText): number {
  let y = drawHead(draw, text)
  y = drawFigures(draw, text, y)
  y = drawTable(draw, text, y)
  y = drawEntries(draw, text, y)
  return drawCode(draw, text, y)
}

/** Draws the picture, as tall as it needs to be. */
export function drawLongPicture(canvas: HTMLCanvasElement, text: PictureText): void {
  canvas.width = WIDTH
  canvas.height = 10
  const measured = canvas.getContext('2d')
  if (!measured) throw new Error('this browser draws nothing on a canvas')
  canvas.height = Math.ceil(drawAll(measured, text))
  measured.fillStyle = '#fff'
  measured.fillRect(0, 0, WIDTH, canvas.height)
  drawAll(measured, text)
}
