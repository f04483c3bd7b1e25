"""A small public key infrastructure of telephone identity (STIR/SHAKEN), for tests and for trying things out.

    python3 examples/identity/stir_pki.py DIRECTORY [--now UNIX] [--spc CODE] [--number DIGITS] [--count N]

writes certificates, their private keys (which are worth nothing outside a test) and a list of revoked certificates:

    anchors.pem         what a verifier trusts: the root, and the signer of the list of revoked certificates
    root.crt ica.crt    the root of the authority (STI-CA), and the authority that issues
    pa-root.crt pa-crl.crt   the policy administrator (STI-PA), and the certificate that signs its list
    spc.chain.pem spc.key         a service provider with the code of --spc
    numbers.chain.pem numbers.key   one that may sign for --count numbers from --number on
    delegate.chain.pem delegate.key   a customer of that one, who may sign for --number alone (RFC 9060)
    constrained.chain.pem constrained.key   a provider that may sign attestations B and C alone (RFC 8226, section 8)
    revoked.chain.pem revoked.key   a provider whose certificate was revoked
    sti-pa.crl          the indirect list that says so (ATIS-1000080)

A chain is PEM, the certificate of the signer first: what stands behind the URL in x5u. Needs Debian's python3-cryptography.
"""

import argparse
import datetime
import pathlib
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

TN_AUTH_LIST = "1.3.6.1.5.5.7.1.26"
CLAIM_CONSTRAINTS = "1.3.6.1.5.5.7.1.27"
ENHANCED_CLAIM_CONSTRAINTS = "1.3.6.1.5.5.7.1.33"
SHAKEN_POLICY = "2.16.840.1.114569.1.1.1"
CRL_URL = "https://authenticate-api.example.test/download/v1/crl"
YEAR = 365 * 86400


# DER of what cryptography does not know. TN-Module-2016 has explicit tags.

def der(tag, contents):
    size = len(contents)
    if size < 0x80:
        return bytes([tag, size]) + contents
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + contents


def sequence(*items):
    return der(0x30, b"".join(items))


def ia5(text):
    return der(0x16, text.encode("ascii"))


def utf8(text):
    return der(0x0C, text.encode("utf-8"))


def integer(value):
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def spc(code):
    return der(0xA0, ia5(code))


def numbers(start, count):
    return der(0xA1, sequence(ia5(start), integer(count)))


def one(number):
    return der(0xA2, ia5(number))


def tn_auth_list(*entries):
    """The extension of RFC 8226, section 9: which numbers the holder speaks for."""
    return TN_AUTH_LIST, sequence(*entries)


def claim_constraints(must_include=(), permitted=(), must_exclude=None):
    """The extension of RFC 8226, section 8, or with must_exclude that of RFC 9118."""
    parts = []
    if must_include:
        parts.append(der(0xA0, sequence(*map(ia5, must_include))))
    if permitted:
        parts.append(der(0xA1, sequence(*(sequence(ia5(claim), sequence(*map(utf8, values)))
                                          for claim, values in permitted))))
    if must_exclude is None:
        return CLAIM_CONSTRAINTS, sequence(*parts)
    if must_exclude:
        parts.append(der(0xA2, sequence(*map(ia5, must_exclude))))
    return ENHANCED_CLAIM_CONSTRAINTS, sequence(*parts)


# Certificates

def name(common, organisation="Example STI", country="US"):
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, country),
                      x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
                      x509.NameAttribute(NameOID.COMMON_NAME, common)])


def time(seconds):
    return datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)


def usage(**true):
    kinds = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{kind: true.get(kind, False) for kind in kinds})


AUTHORITY = usage(key_cert_sign=True, crl_sign=True)
SIGNER = usage(digital_signature=True)
LIST_SIGNER = usage(crl_sign=True)


class Holder:
    """A certificate, its private key, and what stands above it."""

    def __init__(self, certificate, key, above):
        self.certificate = certificate
        self.key = key
        self.above = above  # None: it is its own anchor

    def chain(self):
        """The certificates below the anchor, this one first."""
        return [] if self.above is None else [self.certificate] + self.above.chain()


def pem(*certificates):
    return b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates)


class Pki:
    def __init__(self, now, organisation="Example STI"):
        self.now = now
        self.organisation = organisation
        self.crl_issuer = name("Example STI-PA CRL", organisation)

    def issue(self, subject, above=None, *, key=None, authority=False, path_length=None, key_usage=None, policy=SHAKEN_POLICY,
              not_before=-YEAR, not_after=10 * YEAR, extensions=(), critical=(), more=(), distribution=True,
              digest=None, basic=True):
        """A certificate. `extensions` are pairs of an object identifier and DER, `more` triples of an extension of cryptography,
        whether it is critical, and nothing else; `critical` names those of `extensions` that are. Times count from now."""
        if isinstance(subject, str):
            subject = name(subject, self.organisation)
        key = key or ec.generate_private_key(ec.SECP256R1())
        signer = above.key if above else key
        issuer = above.certificate.subject if above else subject
        builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
                   .serial_number(x509.random_serial_number())
                   .not_valid_before(time(self.now + not_before)).not_valid_after(time(self.now + not_after)))
        if basic:
            builder = builder.add_extension(x509.BasicConstraints(ca=authority, path_length=path_length), critical=True)
        if key_usage is None:
            key_usage = AUTHORITY if authority else SIGNER
        if key_usage:
            builder = builder.add_extension(key_usage, critical=True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        if above:
            builder = builder.add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(above.key.public_key()), critical=False)
        if policy and not (authority and above is None):
            builder = builder.add_extension(
                x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(policy), None)]), critical=False)
        if distribution and not authority:
            point = x509.DistributionPoint(full_name=[x509.UniformResourceIdentifier(CRL_URL)], relative_name=None, reasons=None,
                                           crl_issuer=[x509.DirectoryName(self.crl_issuer)])
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        for oid, contents in extensions:
            builder = builder.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), contents),
                                            critical=oid in critical)
        for extension, is_critical in more:
            builder = builder.add_extension(extension, critical=is_critical)
        return Holder(builder.sign(signer, digest or hashes.SHA256()), key, above)

    def revocation_list(self, signer, revoked, *, issuer=None, this_update=-3600, next_update=30 * 86400, indirect=True,
                        extensions=(), number=1):
        """A list that names these holders, with who issued each where that changes."""
        issuer = issuer or signer.certificate.subject
        builder = (x509.CertificateRevocationListBuilder().issuer_name(issuer)
                   .last_update(time(self.now + this_update)).next_update(time(self.now + next_update))
                   .add_extension(x509.CRLNumber(number), critical=False)
                   .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key()), critical=False))
        if indirect:
            builder = builder.add_extension(x509.IssuingDistributionPoint(
                full_name=[x509.UniformResourceIdentifier(CRL_URL)], relative_name=None, only_contains_user_certs=False,
                only_contains_ca_certs=False, only_some_reasons=None, indirect_crl=True,
                only_contains_attribute_certs=False), critical=True)
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical=critical)
        said = issuer
        for holder in revoked:
            entry = (x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number)
                     .revocation_date(time(self.now - 7200)))
            if indirect and holder.certificate.issuer != said:
                said = holder.certificate.issuer
                entry = entry.add_extension(x509.CertificateIssuer([x509.DirectoryName(said)]), critical=True)
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(signer.key, hashes.SHA256())


def write(directory, label, holder):
    """LABEL.crt, LABEL.key, and LABEL.chain.pem if there is something above it."""
    directory.joinpath(f"{label}.crt").write_bytes(pem(holder.certificate))
    path = directory.joinpath(f"{label}.key")
    path.touch(mode=0o600)
    path.write_bytes(holder.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    if holder.above:
        directory.joinpath(f"{label}.chain.pem").write_bytes(pem(*holder.chain()))


def write_list(directory, label, revocation_list):
    directory.joinpath(f"{label}.crl").write_bytes(revocation_list.public_bytes(serialization.Encoding.PEM))


def make(directory, now, code, number, count):
    """Writes the files and returns the holders by their labels."""
    pki = Pki(now)
    made = {"root": pki.issue("Example STI-CA Root", authority=True)}
    made["ica"] = pki.issue("Example STI-CA Issuing", made["root"], authority=True, path_length=0)
    made["pa-root"] = pki.issue("Example STI-PA Root", authority=True)
    made["pa-crl"] = pki.issue(pki.crl_issuer, made["pa-root"], key_usage=LIST_SIGNER, policy=None, distribution=False)
    made["spc"] = pki.issue(f"SHAKEN {code}", made["ica"], extensions=[tn_auth_list(spc(code))])
    made["numbers"] = pki.issue("Numbers", made["ica"], extensions=[tn_auth_list(numbers(number, count))])
    made["customer-ca"] = pki.issue("Customers", made["root"], authority=True, path_length=0,
                                    extensions=[tn_auth_list(numbers(number, count))])
    made["delegate"] = pki.issue("Customer", made["customer-ca"], extensions=[tn_auth_list(one(number))])
    made["constrained"] = pki.issue(f"SHAKEN {code} limited", made["ica"], extensions=[
        tn_auth_list(spc(code)), claim_constraints(must_include=["attest"], permitted=[("attest", ("B", "C"))])])
    made["revoked"] = pki.issue(f"SHAKEN {code} of old", made["ica"], extensions=[tn_auth_list(spc(code))])
    directory.mkdir(parents=True, exist_ok=True)
    for label, holder in made.items():
        write(directory, label, holder)
    directory.joinpath("anchors.pem").write_bytes(pem(made["root"].certificate, made["pa-crl"].certificate))
    write_list(directory, "sti-pa", pki.revocation_list(made["pa-crl"], [made["revoked"]]))
    return pki, made


def main():
    parser = argparse.ArgumentParser(description="Writes a small STIR/SHAKEN infrastructure for tests.")
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--now", type=int, default=None, help="seconds since 1970; default: the clock")
    parser.add_argument("--spc", default="709J", help="service provider code")
    parser.add_argument("--number", default="12155551200", help="first telephone number")
    parser.add_argument("--count", type=int, default=100, help="how many numbers")
    arguments = parser.parse_args()
    now = arguments.now
    if now is None:
        now = int(datetime.datetime.now(datetime.timezone.utc).timestamp())
    _, made = make(arguments.directory, now, arguments.spc, arguments.number, arguments.count)
    print(f"{len(made)} certificates in {arguments.directory}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
