/** A place on a picture, as shares of its width and height: it holds at any size. */
export interface Spot { x: number; y: number }
/** Something drawn on a picture to show what is meant. */
export interface Mark { shape: 'arrow' | 'circle'; from: Spot; to: Spot }

/** Shorter than this share of the picture was a touch by chance. */
const LEAST = 0.02

/** Whether somebody meant to draw this. */
export function isMeant({ from, to }: Mark): boolean {
  return Math.hypot(to.x - from.x, to.y - from.y) >= LEAST
}

/** Where a touch lies on the shown picture, kept inside it. */
export function spotIn(box: { left: number; top: number; width: number; height: number }, x: number, y: number): Spot {
  const share = (value: number, whole: number): number => Math.min(1, Math.max(0, whole === 0 ? 0 : value / whole))
  return { x: share(x - box.left, box.width), y: share(y - box.top, box.height) }
}

type Pixels = [x: number, y: number]

/** The three corners of an arrow's head, in pixels: the tip first. */
export function arrowHead([fromX, fromY]: Pixels, [toX, toY]: Pixels, length: number): [Pixels, Pixels, Pixels] {
  const angle = Math.atan2(toY - fromY, toX - fromX)
  const barb = (turn: number): Pixels => [toX - length * Math.cos(angle + turn), toY - length * Math.sin(angle + turn)]
  return [[toX, toY], barb(Math.PI / 6), barb(-Math.PI / 6)]
}

function stroke(context: CanvasRenderingContext2D, mark: Mark, width: number, height: number, thick: number): void {
  const from: Pixels = [mark.from.x * width, mark.from.y * height]
  const to: Pixels = [mark.to.x * width, mark.to.y * height]
  context.beginPath()
  if (mark.shape === 'circle') {
    const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]
    context.ellipse(x, y, Math.max(Math.abs(to[0] - from[0]) / 2, thick), Math.max(Math.abs(to[1] - from[1]) / 2, thick), 0, 0, 2 * Math.PI)
  } else {
    const [tip, left, right] = arrowHead(from, to, thick * 5)
    context.moveTo(...from)
    context.lineTo(...tip)
    context.moveTo(...left)
    context.lineTo(...tip)
    context.lineTo(...right)
  }
  context.stroke()
}

/** Draws marks over a picture: red on a white edge, to be seen on snow and on brick. */
export function drawMarks(context: CanvasRenderingContext2D, marks: readonly Mark[], width: number, height: number): void {
  const thick = Math.max(3, Math.max(width, height) / 160)
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const [color, lineWidth] of [['#ffffff', thick * 1.9], ['#d7141a', thick]] as const) {
    context.strokeStyle = color
    context.lineWidth = lineWidth
    for (const mark of marks) stroke(context, mark, width, height, thick)
  }
}
