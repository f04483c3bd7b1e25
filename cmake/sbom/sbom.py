"""Writes the software bill of materials of a build as CycloneDX 1.5: sbom.py COMPILER VERSION OUT -lNAME... PATH...

-lNAME are the libraries that the binaries of this build link, as pkg-config would say them; PATH are files of packages whose
text is compiled in: headers, data; of a package-lock.json, what it locks. Names and versions are those of the Debian packages that own them; without dpkg the library
stands there without a version. The same build gives the same bytes: there is no time in it.
"""

import base64
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import uuid

# Licences by the source package: SPDX identifiers of what is linked or compiled in, not of its build files.
LICENCES = {
    "cli11": "BSD-3-Clause",
    "curl": "curl",
    "gcc-12": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "glibc": "LGPL-2.1-or-later",
    "highway": "Apache-2.0",
    "hyperscan": "BSD-3-Clause",
    "libmicrohttpd": "LGPL-2.1-or-later",
    "libpcap": "BSD-3-Clause",
    "libsodium": "ISC",
    "openssl": "Apache-2.0",
    "python-phonenumbers": "Apache-2.0",
    "re2": "BSD-3-Clause",
    "vectorscan": "BSD-3-Clause",
    "zlib": "Zlib",
}
# What each binary of C++ needs of the compiler and the system.
SYSTEM = ["-lstdc++", "-lgcc_s", "-lm", "-lc"]


def printed(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout.strip() if done.returncode == 0 else ""


def owner(path):
    """The package that a file is of. Since Debian merged /usr, dpkg may know it under the other name."""
    for name in (path, path.removeprefix("/usr"), "/usr" + path):
        found = printed("dpkg", "-S", name)
        if found:
            return found.splitlines()[0].rsplit(": ", 1)[0].split(",")[0].split(":")[0]
    return ""


def library(flag, compiler):
    """The shared object that -lNAME means, and its soname."""
    name = flag.removeprefix("-l")
    for suffix in (".so", ".so.1", ".so.6"):
        found = printed(compiler, f"-print-file-name=lib{name}{suffix}")
        if not found.startswith("/"):
            continue
        real = pathlib.Path(found).resolve()
        for line in printed("readelf", "-d", str(real)).splitlines():
            if "(SONAME)" in line:
                return str(real), line.split("[")[1].rstrip("]")
    return "", ""


def component(path, soname):
    package = owner(path) if shutil.which("dpkg") else ""
    if not package:
        name = soname or pathlib.Path(path).name
        entry = {"type": "library", "bom-ref": name, "name": name}
    else:
        source, version, architecture = printed("dpkg-query", "-W", "-f", "${source:Package} ${Version} ${Architecture}\\n",
                                                package).splitlines()[0].split()
        if source not in LICENCES:
            sys.exit(f"cmake/sbom/sbom.py does not know the licence of {source}: add it to LICENCES")
        licence = LICENCES[source]
        kind = "expression" if " " in licence else "id"
        licences = [{"expression": licence}] if kind == "expression" else [{"license": {"id": licence}}]
        purl = f"pkg:deb/debian/{package.replace('+', '%2B')}@{version.replace('+', '%2B').replace(':', '%3A')}?arch={architecture}"
        entry = {"type": "library", "bom-ref": purl, "name": package, "version": version, "licenses": licences, "purl": purl}
    entry["scope"] = "required"
    if soname:
        entry["properties"] = [{"name": "sipward:soname", "value": soname}]
    else:
        entry["properties"] = [{"name": "sipward:compiled-in", "value": "true"}]
    return entry


def locked(path):
    """What npm takes by a package-lock.json, which has its version, licence and hash."""
    for name, found in json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["packages"].items():
        if not name:
            continue
        name = name.removeprefix("node_modules/")
        purl = f"pkg:npm/{name.replace('@', '%40')}@{found['version']}"
        algorithm, digest = found["integrity"].split("-", 1)
        yield {"type": "library", "bom-ref": purl, "name": name, "version": found["version"],
               "hashes": [{"alg": algorithm.upper().replace("SHA", "SHA-"), "content": base64.b64decode(digest).hex()}],
               "licenses": [{"license": {"id": found["license"]}}], "purl": purl, "scope": "required",
               "properties": [{"name": "sipward:compiled-in", "value": "true"}]}


def main():
    compiler, version, out = sys.argv[1:4]
    flags = [word for word in sys.argv[4:] if word.startswith("-l")]
    holds = [word for word in sys.argv[4:] if word.startswith("/")]
    parts = {}
    for flag in dict.fromkeys(flags + SYSTEM):
        path, soname = library(flag, compiler)
        if soname:
            found = component(path, soname)
            known = parts.setdefault(found["bom-ref"], found)
            if known is not found:
                known["properties"] += found["properties"]
    for path in holds:
        for found in locked(path) if path.endswith("package-lock.json") else [component(path, "")]:
            parts.setdefault(found["bom-ref"], found)
    components = [parts[name] for name in sorted(parts)]
    purl = f"pkg:generic/sipward@{version}"
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {
            "type": "library", "bom-ref": purl, "name": "sipward", "version": version, "purl": purl,
            "licenses": [{"license": {"id": "MIT"}}]}},
        "components": components,
        "dependencies": [{"ref": purl, "dependsOn": [part["bom-ref"] for part in components]},
                         *({"ref": part["bom-ref"]} for part in components)],
    }
    digest = hashlib.sha256(json.dumps(bill, sort_keys=True).encode()).digest()
    serial = f"urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}"
    text = json.dumps({"$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json", **bill, "serialNumber": serial}, indent=2)
    pathlib.Path(out).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(out).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
