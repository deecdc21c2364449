// Sends a photo with tus-js-client, as the environment says; see ../clients.rs. One line of JSON tells how it went.
import { createReadStream } from 'node:fs'

import { FileUrlStorage, Upload } from 'tus-js-client'

const { TUS_ENDPOINT, TUS_TOKEN, TUS_FILE, TUS_METADATA, TUS_STATE, TUS_MODE, TUS_CHUNK } = process.env

const answered = []
let parts = 0
let url = null

const upload = new Upload(createReadStream(TUS_FILE), {
  endpoint: TUS_ENDPOINT,
  chunkSize: Number(TUS_CHUNK),
  metadata: JSON.parse(TUS_METADATA),
  headers: { Authorization: `Bearer ${TUS_TOKEN}` },
  urlStorage: new FileUrlStorage(TUS_STATE),
  fingerprint: () => Promise.resolve('photo'),
  storeFingerprintForResuming: true,
  retryDelays: [0, 100],
  onBeforeRequest(request) {
    // It has no checksums of its own.
    if (TUS_MODE === 'wrong-checksum' && request.getMethod() === 'PATCH') {
      request.setHeader('Upload-Checksum', `sha1 ${Buffer.alloc(20).toString('base64')}`)
    }
  },
  onAfterResponse(request, response) {
    answered.push([request.getMethod(), response.getStatus()])
  },
  onUploadUrlAvailable() {
    url = upload.url
  },
  onChunkComplete() {
    parts += 1
    if (TUS_MODE === 'killed' && parts === 2) process.kill(process.pid, 'SIGKILL')
  },
  onSuccess() {
    console.log(JSON.stringify({ url, answered, done: true }))
  },
  onError() {
    console.log(JSON.stringify({ url, answered, done: false }))
  },
})

const previous = await upload.findPreviousUploads()
if (previous.length > 0) upload.resumeFromPreviousUpload(previous[0])
upload.start()
