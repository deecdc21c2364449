"""Sends a photo with tuspy, as the environment says; see ../clients.rs. One line of JSON tells how it went."""

import hashlib
import json
import os
import signal

import requests
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError
from tusclient.storage.filestorage import FileStorage

MODE = os.environ["TUS_MODE"]
answered = []


def note(response, *_args, **_kwargs):
    answered.append([response.request.method, response.status_code])


# What is answered to each request, whoever sends it.
plain = requests.Session.request


def noted(session, *args, **kwargs):
    session.hooks["response"].append(note)
    return plain(session, *args, **kwargs)


requests.Session.request = noted

client = TusClient(
    os.environ["TUS_ENDPOINT"],
    headers={"Authorization": f"Bearer {os.environ['TUS_TOKEN']}"},
)
uploader = client.uploader(
    os.environ["TUS_FILE"],
    chunk_size=int(os.environ["TUS_CHUNK"]),
    metadata=json.loads(os.environ["TUS_METADATA"]),
    store_url=True,
    url_storage=FileStorage(os.environ["TUS_STATE"]),
    upload_checksum=True,
)
if MODE == "wrong-checksum":
    # What it has no setting for.
    uploader._BaseUploader__checksum_algorithm = lambda _chunk: hashlib.sha1(b"other bytes")

done = True
try:
    parts = 0
    while not uploader.url or uploader.offset < uploader.get_file_size():
        uploader.upload_chunk()
        parts += 1
        if MODE == "killed" and parts == 2:
            os.kill(os.getpid(), signal.SIGKILL)
except TusCommunicationError:
    done = False
print(json.dumps({"url": uploader.url, "answered": answered, "done": done}))
