"""The kept corpus of a fuzz target: one small archive, the same bytes for the same inputs.

    python3 fuzz/corpus.py pack TARGET FOLDER      # FOLDER -> fuzz/corpus/TARGET.tar.xz
    python3 fuzz/corpus.py unpack TARGET FOLDER    # and back; nothing happens if there is no archive
    python3 fuzz/corpus.py zip TARGET FILE         # with seeds and regressions, as OSS-Fuzz wants it
"""

import hashlib
import io
import lzma
import pathlib
import sys
import tarfile
import zipfile

FUZZ = pathlib.Path(__file__).resolve().parent
MOST_BYTES = 256 * 1024  # of an archive: the repository stays small
MOST_INPUT = 32 * 1024


def archive_of(target):
    return FUZZ / "corpus" / f"{target}.tar.xz"


def packed(inputs):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for data in inputs:
            member = tarfile.TarInfo(hashlib.sha1(data).hexdigest())
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return lzma.compress(out.getvalue(), preset=9 | lzma.PRESET_EXTREME)


def pack(target, folder):
    """The smallest inputs first, and as many as the archive may hold: small ones reach most for their size."""
    inputs = {path.read_bytes() for path in pathlib.Path(folder).iterdir() if path.is_file()}
    inputs = sorted((data for data in inputs if len(data) <= MOST_INPUT), key=lambda data: (len(data), data))
    if not inputs:
        print(f"{target}: nothing beyond the seeds")
        return
    archive = packed(inputs)
    count = len(inputs)
    while len(archive) > MOST_BYTES:
        count = min(count - 1, count * MOST_BYTES // len(archive) + 1)
        archive = packed(inputs[:count])
    archive_of(target).parent.mkdir(exist_ok=True)
    archive_of(target).write_bytes(archive)
    print(f"{target}: {count} of {len(inputs)} inputs, {len(archive)} bytes")


def kept(archive):
    with tarfile.open(archive) as tar:
        return [tar.extractfile(member).read() for member in tar.getmembers() if member.isfile()]


def unpack(archive, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for data in kept(archive):
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def zip_all(target, path):
    inputs = set(kept(archive_of(target))) if archive_of(target).exists() else set()
    for source in ("seeds", "regressions"):
        inputs |= {file.read_bytes() for file in (FUZZ / source / target).rglob("*") if file.is_file()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for data in sorted(inputs):
            out.writestr(zipfile.ZipInfo(hashlib.sha1(data).hexdigest()), data)


def main():
    command, target, folder = sys.argv[1:]
    if command == "pack":
        pack(target, folder)
    elif command == "zip":
        zip_all(target, folder)
    elif archive_of(target).exists():
        unpack(archive_of(target), folder)


if __name__ == "__main__":
    main()
