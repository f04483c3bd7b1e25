"""Seeds of fetch_head_fuzz: heads of HTTP answers that carry certificates, and some that should not."""

DATE = b"Date: Sun, 06 Nov 1994 08:49:37 GMT"

FIELDS = {
    "plain": [],
    "max_age": [b"Cache-Control: public, max-age=86400", b"Age: 12"],
    "quoted": [b'Cache-Control: private="a, max-age=5", max-age="60"'],
    "twice": [b"Cache-Control: max-age=60, max-age=30", b"Cache-Control: max-age=10"],
    "huge": [b"Cache-Control: max-age=99999999999999999999", b"Age: 99999999999999999999"],
    "odd": [b'Cache-Control: max-age=-1, ="", max-age, "', b"Age: x", b"Expires: 0", b"no colon", b": no name"],
    "no_store": [b"Cache-Control: no-store", b"Cache-Control: no-cache"],
    "expires": [DATE, b"Expires: Mon, 07 Nov 1994 08:49:37 GMT"],
    "expires_in_leap_year": [b"Date: Tue, 29 Feb 2000 23:59:60 GMT", b"Expires: Wed, 01 Mar 2000 00:00:00 GMT"],
    "last_of_all": [b"Expires: Fri, 31 Dec 9999 23:59:59 GMT"],
    "first_of_all": [b"Date: Sat, 01 Jan 0000 00:00:00 GMT", b"Expires: Sat, 01 Jan 0000 00:00:00 GMT"],
    "old_forms": [b"Date: Sunday, 06-Nov-94 08:49:37 GMT", b"Expires: Sun Nov  6 08:49:37 1994"],
    "gzip": [b"Content-Encoding: gzip"],
    "identity": [b"Content-Encoding: identity", b"Transfer-Encoding: chunked"],
    "packed_chunks": [b"Transfer-Encoding: gzip, chunked"],
}


def head(status, fields):
    return b"\r\n".join([b"HTTP/1.1 " + status, *fields, b"", b""])


def seeds():
    for name, fields in FIELDS.items():
        yield name, head(b"200 OK", fields)
    yield "interim", head(b"103 Early Hints", [b"Content-Encoding: gzip"]) + head(b"200 OK", FIELDS["max_age"])
    yield "trailer", head(b"200 OK", []) + b"Content-Encoding: gzip\r\n"
    yield "redirect", head(b"302 Found", [b"Location: https://127.0.0.1/"])
    yield "no_status", b"HTTP/1.1\r\nHTTP/1.1 2x0\r\nHTTP/\r\n"
