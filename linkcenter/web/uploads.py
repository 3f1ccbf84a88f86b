from typing import Never

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadhandler import FileUploadHandler


class RefuseFiles(FileUploadHandler):
    """Nothing is uploaded anywhere, so whoever sends a file is up to something."""

    def new_file(self, *args: object, **kwargs: object) -> Never:
        raise SuspiciousFileOperation("A file was sent.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> None:
        return None
