"""Sends a photo with aiotus, as the environment says; see ../clients.rs. One line of JSON tells how it went."""

import asyncio
import base64
import io
import json
import os
import signal

import aiohttp
import aiotus

MODE = os.environ["TUS_MODE"]
CHUNK = int(os.environ["TUS_CHUNK"])
answered = []


class KilledAfterTwoParts(io.FileIO):
    """A photo that its reader does not survive."""

    parts = 0

    def read(self, size=-1):
        self.parts += 1
        if self.parts == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read(size)


async def note(_session, _context, params):
    answered.append([params.method, params.response.status])


async def main():
    headers = {"Authorization": f"Bearer {os.environ['TUS_TOKEN']}"}
    if MODE == "wrong-checksum":
        # It has no checksums of its own.
        headers["Upload-Checksum"] = f"sha1 {base64.b64encode(bytes(20)).decode()}"
    metadata = {key: value.encode() for key, value in json.loads(os.environ["TUS_METADATA"]).items()}
    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(note)
    opened = KilledAfterTwoParts if MODE == "killed" else io.FileIO
    with opened(os.environ["TUS_FILE"]) as photo:
        async with aiohttp.ClientSession(trace_configs=[trace]) as session:
            url = await aiotus.upload(
                os.environ["TUS_ENDPOINT"],
                photo,
                metadata,
                client_session=session,
                config=aiotus.RetryConfiguration(retry_attempts=1),
                headers=headers,
                chunksize=CHUNK,
            )
    print(json.dumps({"url": url and str(url), "answered": answered, "done": url is not None}))


asyncio.run(main())
