/*
 * What lies between a telephone and the server in these walks: a proxy that behaves like a street, a
 * basement or a hotel, and remembers what was asked through it.
 */
import http from 'node:http'

const PORTAL = '<!doctype html><title>Free Wi-Fi</title><form action="/login"><button>Accept</button></form>'

/** A street to this server. */
export class Street {
  /** `open`, `down` (no network), `portal` (a page of its own with status 200), or `redirect`. */
  state = 'open'
  /** Only so many bytes of a photo's part pass, and nothing after them; 0 lets all pass. */
  stallAfter = 0
  /** What is served in the place of a file, by its path. */
  instead = new Map()
  /** Every request: `{ method, path, from, until, status, offset, account }`. */
  asked = []
  #held = new Set()

  constructor(base) {
    this.base = new URL(base)
    this.server = http.createServer((request, response) => { this.#pass(request, response) })
    this.server.on('connection', (socket) => {
      if (this.state === 'down') socket.destroy()
      this.#held.add(socket)
      socket.on('close', () => this.#held.delete(socket))
    })
  }

  async opens() {
    await new Promise((resolve) => { this.server.listen(0, '127.0.0.1', resolve) })
    // A walk that failed does not wait for it.
    this.server.unref()
    this.url = `http://127.0.0.1:${this.server.address().port}`
    return this
  }

  /** Whatever is under way breaks off. */
  cuts() {
    for (const socket of this.#held) socket.destroy()
  }

  goes(state) {
    this.state = state
    if (state === 'down') this.cuts()
  }

  closes() {
    this.cuts()
    this.server.close()
  }

  /** Requests of this kind so far. */
  of(method, part) {
    return this.asked.filter((one) => one.method === method && one.path.includes(part))
  }

  #pass(request, response) {
    const told = { method: request.method, path: request.url, from: Date.now(), until: null, status: null, offset: Number(request.headers['upload-offset'] ?? -1), bearer: request.headers.authorization ?? '' }
    this.asked.push(told)
    response.on('close', () => { told.until = Date.now() })
    if (this.state === 'down') return request.socket.destroy()
    if (this.state === 'portal') return response.writeHead(200, { 'Content-Type': 'text/html' }).end(PORTAL)
    if (this.state === 'redirect') return response.writeHead(302, { Location: 'http://127.0.0.1:1/login' }).end()
    const other = this.instead.get(request.url)
    if (other !== undefined) return response.writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-cache' }).end(other)
    const stalls = request.method === 'PATCH' && this.stallAfter > 0
    const passed = http.request({ host: this.base.hostname, port: this.base.port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
      told.status = answer.statusCode
      response.writeHead(answer.statusCode, answer.headers)
      answer.pipe(response)
    })
    passed.on('error', () => response.destroy())
    response.on('close', () => { if (!response.writableFinished) passed.destroy() })
    if (stalls) this.#passHalf(request, passed)
    else request.pipe(passed)
    return undefined
  }

  #passHalf(request, passed) {
    let left = this.stallAfter
    request.on('data', (bytes) => {
      passed.write(bytes.subarray(0, left))
      left = Math.max(0, left - bytes.length)
    })
  }
}
