"""Certificates and lists of revoked ones that a verifier must accept or refuse, each with one thing wrong.

    python3 tests/identity/pki_cases.py DIRECTORY

writes what examples/identity/stir_pki.py writes, for the time 1800000000, and beside it LABEL.chain.pem and LABEL.key for
each of the cases below, and LABEL.crl.
"""

import base64
import pathlib
import sys
import warnings

sys.dont_write_bytecode = True
warnings.simplefilter("ignore")
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples" / "identity"))

import stir_pki as stir
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

NOW = 1800000000
DAY = 86400
SPC = stir.tn_auth_list(stir.spc("709J"))
TN_AUTH_LIST_ELSEWHERE = "1.3.6.1.5.5.7.48.14"


def leaves(pki, ica):
    """What is wrong with the certificate of the signer itself."""
    def leaf(**how):
        how.setdefault("extensions", [SPC])
        return pki.issue("SHAKEN 709J", ica, **how)

    yield "two_spcs", leaf(extensions=[stir.tn_auth_list(stir.spc("709J"), stir.spc("1234"))])
    yield "spc_and_numbers", leaf(extensions=[stir.tn_auth_list(stir.spc("709J"), stir.numbers("12155551200", 100))])
    yield "critical_list", leaf(critical=[stir.TN_AUTH_LIST])
    yield "critical_constraints", leaf(extensions=[SPC, stir.claim_constraints(["attest"]),
                                                   stir.claim_constraints(must_exclude=["rcd"])],
                                       critical=[stir.CLAIM_CONSTRAINTS, stir.ENHANCED_CLAIM_CONSTRAINTS])
    yield "expired", leaf(not_before=-10 * DAY, not_after=-1)
    yield "not_yet", leaf(not_before=1, not_after=10 * DAY)
    yield "p384", leaf(key=ec.generate_private_key(ec.SECP384R1()))
    yield "k256", leaf(key=ec.generate_private_key(ec.SECP256K1()))
    yield "rsa", leaf(key=rsa.generate_private_key(65537, 2048))
    yield "no_usage", leaf(key_usage=False)
    yield "wrong_usage", leaf(key_usage=stir.usage(key_encipherment=True))
    yield "also_cert_sign", leaf(key_usage=stir.usage(digital_signature=True, key_cert_sign=True))
    yield "is_ca", pki.issue("SHAKEN 709J", ica, authority=True, key_usage=stir.SIGNER, extensions=[SPC])
    yield "no_basic_constraints", leaf(basic=False)
    yield "server_auth", leaf(more=[(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)])
    yield "sip_domain", leaf(more=[(x509.ExtendedKeyUsage([ObjectIdentifier("1.3.6.1.5.5.7.3.20")]), False)])
    yield "no_policy", leaf(policy=None)
    yield "policy_4", leaf(policy="2.16.840.1.114569.1.1.4")
    yield "policy_6", leaf(policy="2.16.840.1.114569.1.1.6")
    yield "policy_11", leaf(policy="2.16.840.1.114569.1.1.11")
    yield "unknown_critical", leaf(extensions=[SPC, ("1.3.6.1.4.1.99999.1", b"\x05\0")], critical=["1.3.6.1.4.1.99999.1"])
    yield "no_list", leaf(extensions=[])
    yield "list_elsewhere", leaf(extensions=[], more=[(x509.AuthorityInformationAccess([x509.AccessDescription(
        ObjectIdentifier(TN_AUTH_LIST_ELSEWHERE), x509.UniformResourceIdentifier("https://numbers.example.test/1"))]), False)])
    yield "empty_list", leaf(extensions=[stir.tn_auth_list()])
    yield "implicit_list", leaf(extensions=[(stir.TN_AUTH_LIST, stir.sequence(stir.der(0x80, b"709J")))])
    yield "trailing_list", leaf(extensions=[(SPC[0], SPC[1] + b"\0")])
    yield "bad_constraints", leaf(extensions=[SPC, (stir.CLAIM_CONSTRAINTS, stir.sequence())])
    yield "enhanced", leaf(extensions=[SPC, stir.claim_constraints(must_exclude=["rcd"])])
    yield "no_distribution", leaf(distribution=False)
    yield "own_list", leaf(distribution=False, more=[(x509.CRLDistributionPoints([x509.DistributionPoint(
        [x509.UniformResourceIdentifier(stir.CRL_URL)], None, None, None)]), False)])


def by_hand(ica):
    """Certificates that no library writes, in DER of their own."""
    key = ec.generate_private_key(ec.SECP256R1())
    numbers = key.public_key().public_numbers()
    point = b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")
    compressed = bytes([2 + numbers.y % 2]) + point[1:33]

    def der_of_oid(text):
        arcs = [int(arc) for arc in text.split(".")]
        out = bytes([arcs[0] * 40 + arcs[1]])
        for arc in arcs[2:]:
            groups = [arc & 0x7F]
            while arc := arc >> 7:
                groups.append(0x80 | arc & 0x7F)
            out += bytes(reversed(groups))
        return stir.der(0x06, out)

    ecdsa = stir.sequence(der_of_oid("1.2.840.10045.4.3.2"))
    p256 = der_of_oid("1.2.840.10045.3.1.7")
    # The curve written out: its field, coefficients, generator and order (RFC 3279, section 2.3.5).
    prime = 2**256 - 2**224 + 2**192 + 2**96 - 1
    b = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    generator = bytes.fromhex("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                              "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    explicit = stir.sequence(
        stir.integer(1), stir.sequence(der_of_oid("1.2.840.10045.1.1"), stir.integer(prime)),
        stir.sequence(stir.der(0x04, (prime - 3).to_bytes(32, "big")), stir.der(0x04, b.to_bytes(32, "big"))),
        stir.der(0x04, generator), stir.integer(order), stir.integer(1))

    def extension(number, value, critical=False):
        return stir.sequence(der_of_oid(number), *([b"\x01\x01\xff"] if critical else []), stir.der(0x04, value))

    listed = extension(*SPC)

    def leaf(*more, curve=p256, octets=point, version=2):
        info = stir.sequence(stir.sequence(der_of_oid("1.2.840.10045.2.1"), curve), stir.der(0x03, b"\0" + octets))
        usage = extension("2.5.29.15", stir.der(0x03, b"\x07\x80"), True)
        policy = extension("2.5.29.32", stir.sequence(stir.sequence(der_of_oid(stir.SHAKEN_POLICY))))
        issuer = ica.certificate.subject.public_bytes()
        dates = stir.sequence(stir.der(0x17, b"260101000000Z"), stir.der(0x18, b"20500101000000Z"))
        extensions = stir.der(0xA3, stir.sequence(usage, policy, *more))
        signed = stir.sequence(stir.der(0xA0, stir.integer(version)), stir.integer(77), ecdsa, issuer, dates,
                               stir.name("By Hand").public_bytes(), info, extensions)
        signature = stir.der(0x03, b"\0" + ica.key.sign(signed, ec.ECDSA(hashes.SHA256())))
        return stir.sequence(signed, ecdsa, signature)

    yield "by_hand", leaf(listed)
    yield "compressed", leaf(listed, octets=compressed)
    yield "explicit_curve", leaf(listed, curve=explicit)
    yield "list_twice", leaf(listed, listed)
    yield "constraints_twice", leaf(listed, *[extension(*stir.claim_constraints(["attest"]))] * 2)
    yield "version_1", leaf(listed, version=0)


def chains(pki, root, ica):
    """What is wrong above it."""
    def leaf(above, **how):
        how.setdefault("extensions", [SPC])
        return pki.issue("SHAKEN 709J", above, **how)

    evil = pki.issue("Evil Root", authority=True)
    yield "evil", evil
    yield "untrusted", leaf(evil)
    false_root = pki.issue("Example STI-CA Root", authority=True)  # the name of the anchor, another key
    yield "false_root", leaf(false_root)
    yield "by_leaf", leaf(leaf(ica))
    yield "path_length", leaf(pki.issue("Below", ica, authority=True))
    yield "no_cert_sign", leaf(pki.issue("Not To Sign", root, authority=True, key_usage=stir.LIST_SIGNER))
    allowed = x509.Name(list(stir.name("-", "Allowed"))[:2])
    only = x509.NameConstraints([x509.DirectoryName(allowed)], None)
    bounded = pki.issue("Bounded", root, authority=True, more=[(only, True)])
    yield "outside_names", leaf(bounded)
    yield "inside_names", pki.issue(stir.name("SHAKEN 709J", "Allowed"), bounded, extensions=[SPC])
    yield "expired_ca", leaf(pki.issue("Of Old", root, authority=True, not_before=-10 * DAY, not_after=-1))
    yield "young_ca", leaf(pki.issue("Of Tomorrow", root, authority=True, not_before=DAY, not_after=10 * DAY))
    yield "short_ca", leaf(pki.issue("Of Two Days", root, authority=True, not_after=2 * DAY))
    yield "critical_ca", leaf(pki.issue("Critical", root, authority=True, extensions=[("1.3.6.1.4.1.99999.1", b"\x05\0")],
                                        critical=["1.3.6.1.4.1.99999.1"]))
    yield "rsa_ca", leaf(pki.issue("RSA", root, authority=True, key=rsa.generate_private_key(65537, 2048)))
    yield "small_rsa_ca", leaf(pki.issue("RSA 1024", root, authority=True, key=rsa.generate_private_key(65537, 1024)))
    yield "p521_ca", leaf(pki.issue("P-521", root, authority=True, key=ec.generate_private_key(ec.SECP521R1())))
    yield "p384_ca", leaf(pki.issue("P-384", root, authority=True, key=ec.generate_private_key(ec.SECP384R1())))
    try:
        yield "sha1", leaf(ica, digest=hashes.SHA1())
    except UnsupportedAlgorithm:
        pass  # this cryptography signs nothing so weak any more; the test of it is skipped
    above = root
    for depth in range(1, 5):
        above = pki.issue(f"Deep {depth}", above, authority=True)
        yield f"depth_{depth + 1}", leaf(above)  # certificates below the anchor
    for depth in range(5, 20):
        above = pki.issue(f"Deep {depth}", above, authority=True)
    yield "depth_20", leaf(above)
    yield "revoked_ca", leaf(pki.issue("Revoked Authority", root, authority=True))


def delegates(pki, root):
    """Who may sign for which numbers of an authority that is bounded itself (RFC 9060)."""
    numbers = stir.tn_auth_list(stir.numbers("12155551200", 100))
    bounded = pki.issue("Numbers", root, authority=True, extensions=[numbers])
    inner = pki.issue("Inner", bounded, authority=True, extensions=[stir.tn_auth_list(stir.numbers("12155551200", 10))])
    silent = pki.issue("Silent", bounded, authority=True)
    provider = pki.issue("Provider", root, authority=True, extensions=[SPC])
    wide = pki.issue("Wide", bounded, authority=True, extensions=[stir.tn_auth_list(stir.numbers("12155551200", 1000))])
    broken = pki.issue("Broken", root, authority=True, extensions=[(stir.TN_AUTH_LIST, stir.sequence())])
    critical = pki.issue("Critical", root, authority=True, extensions=[numbers], critical=[stir.TN_AUTH_LIST])
    for label, above, entry in (
            ("delegate_inside", bounded, stir.one("12155551212")), ("delegate_outside", bounded, stir.one("12155551300")),
            ("delegate_longer", bounded, stir.one("121555512120")), ("delegate_spc", bounded, stir.spc("709J")),
            ("delegate_inner", inner, stir.one("12155551209")), ("delegate_inner_outside", inner, stir.one("12155551210")),
            ("delegate_silent_outside", silent, stir.one("12155551300")),
            ("delegate_silent_inside", silent, stir.one("12155551212")),
            ("delegate_of_provider", provider, stir.one("12155551212")),
            ("delegate_other_provider", provider, stir.spc("1234")),
            ("delegate_wide", wide, stir.one("12155551212")), ("delegate_broken", broken, stir.one("12155551212")),
            ("delegate_critical", critical, stir.one("12155551212"))):
        yield label, pki.issue(label, above, extensions=[stir.tn_auth_list(entry)])


def lists(pki, made):
    signer = made["pa-crl"]
    revoked = [made["revoked"], made["revoked_ca"].above]
    impostor = pki.issue(pki.crl_issuer, made["evil"], key_usage=stir.LIST_SIGNER)
    own = (x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\0"), True)
    yield "all", pki.revocation_list(signer, revoked)
    yield "none", pki.revocation_list(signer, [])
    yield "carried", pki.revocation_list(signer, [made["policy_4"], made["revoked"]])  # the issuer is named once
    yield "forged", pki.revocation_list(impostor, [], issuer=pki.crl_issuer)
    yield "forged_stale", pki.revocation_list(impostor, [], issuer=pki.crl_issuer, this_update=-30 * DAY, next_update=-DAY)
    yield "stale", pki.revocation_list(signer, revoked, this_update=-30 * DAY, next_update=-DAY)
    yield "future", pki.revocation_list(signer, [], this_update=DAY, next_update=30 * DAY)
    yield "number_2", pki.revocation_list(signer, revoked, number=2)
    yield "number_256", pki.revocation_list(signer, revoked, number=256, this_update=-7200)
    yield "number_2_later", pki.revocation_list(signer, [], number=2, this_update=-60)
    yield "number_2_direct", pki.revocation_list(signer, [], number=2, indirect=False)
    yield "unknown_critical", pki.revocation_list(signer, revoked, extensions=[own])
    yield "delta", pki.revocation_list(signer, revoked, extensions=[(x509.DeltaCRLIndicator(1), True)])
    yield "direct", pki.revocation_list(made["ica"], [made["revoked"]], indirect=False)
    yield "of_evil", pki.revocation_list(made["evil"], [made["spc"]], indirect=False)
    # The authority's name with other letters, strings and spaces: still its name (RFC 5280, section 7.1).
    other = made["revoked"]
    again = x509.Name([a if a.oid == NameOID.COUNTRY_NAME else x509.NameAttribute(
        a.oid, f" {a.value.upper().replace(' ', '  ')} ", x509.name._ASN1Type.PrintableString) for a in other.certificate.issuer])
    entry = (x509.RevokedCertificateBuilder().serial_number(other.certificate.serial_number)
             .revocation_date(stir.time(NOW - 7200))
             .add_extension(x509.CertificateIssuer([x509.DirectoryName(again)]), critical=True).build())
    base = pki.revocation_list(signer, [])
    builder = (x509.CertificateRevocationListBuilder().issuer_name(base.issuer).last_update(stir.time(NOW - 3600))
               .next_update(stir.time(NOW + DAY)).add_revoked_certificate(entry))
    for extension in base.extensions:
        builder = builder.add_extension(extension.value, critical=extension.critical)
    yield "other_spelling", builder.sign(signer.key, hashes.SHA256())
    direct = x509.CertificateRevocationListBuilder().issuer_name(base.issuer).last_update(stir.time(NOW - 3600))
    yield "issuer_in_direct", direct.next_update(stir.time(NOW + DAY)).add_revoked_certificate(entry).sign(
        signer.key, hashes.SHA256())
    # Lists of the serial number in another authority's name revoke nothing here.
    namesake = stir.Holder(made["revoked"].certificate, None, None)
    yield "not_indirect", pki.revocation_list(signer, [namesake], indirect=False)


def main():
    directory = pathlib.Path(sys.argv[1])
    pki, made = stir.make(directory, NOW, "709J", "12155551200", 100)
    root, ica = made["root"], made["ica"]
    for cases in (leaves(pki, ica), chains(pki, root, ica), delegates(pki, root)):
        for label, holder in cases:
            assert label not in made, label
            made[label] = holder
            stir.write(directory, label, holder)
    for label, contents in by_hand(ica):
        text = base64.encodebytes(contents).decode()
        directory.joinpath(f"{label}.chain.pem").write_text(
            f"-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n{stir.pem(ica.certificate).decode()}")
    for label, revocation_list in lists(pki, made):
        stir.write_list(directory, label, revocation_list)
    # A key that a test looks for in its own memory, without having it there by other means.
    secret = pki.issue("Secret", ica, extensions=[SPC])
    stir.write(directory, "secret", secret)
    scalar = secret.key.private_numbers().private_value.to_bytes(32, "big")
    directory.joinpath("secret.masked").write_bytes(bytes(octet ^ 0x5A for octet in scalar))
    directory.joinpath("spc.der").write_bytes(made["spc"].certificate.public_bytes(serialization.Encoding.DER))
    return 0


if __name__ == "__main__":
    sys.exit(main())
