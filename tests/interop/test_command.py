"""Values of Identity headers between this project's command and secsipidx, both ways."""

import pathlib
import tempfile
import time
import unittest

import peers


@unittest.skipUnless(peers.SECSIPIDX, peers.NO_SECSIPIDX)
class Command(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.pki = peers.make_pki(self.folder / "pki")

    def ours(self, value, *more):
        path = peers.write(self.folder / "value", value + "\n")
        return peers.sipward_verify("--identity", path, "--orig", peers.ORIG, "--dest", peers.DEST,
                                    "--chain", self.pki / "spc.chain.pem", "--anchors", self.pki / "anchors.pem", *more)

    def theirs(self, value, *more):
        return peers.secsipidx_check(peers.write(self.folder / "value", value), self.pki / "spc.chain.pem", None, *more)[0]

    def test_what_it_signs_is_verified(self):
        said = self.ours(peers.secsipidx_sign(self.pki, "-orig-id", "a-b-c"))
        self.assertEqual((said["reason"], said["flags"], said["attest"], said["spc"], said["origid"], said["verstat"]),
                         ("OK", ["ORIGID_NOT_UUID"], "A", "709J", "a-b-c", "TN-Validation-Passed"))

    def test_it_gives_an_origid_as_we_want_it(self):
        said = self.ours(peers.secsipidx_sign(self.pki))
        self.assertEqual((said["reason"], said["flags"]), ("OK", []))

    def test_what_we_sign_it_accepts(self):
        for level in "ABC":
            for more in ([], ["--origid", "de305d54-75b4-431b-adb2-eb6b9e546014"], ["--dest", "12155551299"]):
                with self.subTest(level, more=more):
                    value = peers.sipward_sign(self.pki, *more, attest=level)
                    self.assertTrue(self.theirs(value))

    def test_it_accepts_our_chain_and_list_as_well(self):
        value = peers.sipward_sign(self.pki)
        strict = ("-cert-verify", "15", "-ca-file", str(self.pki / "root.crt"), "-ca-inter", str(self.pki / "ica.crt"))
        self.assertTrue(self.theirs(value, *strict))
        self.assertFalse(self.theirs(value, "-cert-verify", "15", "-ca-file", str(self.pki / "pa-root.crt")))

    def test_both_refuse_a_changed_token(self):
        for sign in (peers.secsipidx_sign, peers.sipward_sign):
            head, payload, rest = sign(self.pki).split(".", 2)
            changed = ".".join((head, payload[:-3] + ("A" if payload[-3] != "A" else "B") + payload[-2:], rest))
            self.assertEqual(self.ours(changed)["result"], "failed")
            self.assertFalse(self.theirs(changed))

    def test_both_refuse_a_changed_signature(self):
        for sign in (peers.secsipidx_sign, peers.sipward_sign):
            changed = peers.spoiled(sign(self.pki))
            self.assertEqual(self.ours(changed)["reason"], "SIG_INVALID")
            self.assertFalse(self.theirs(changed))

    def test_both_refuse_an_old_token(self):
        value = peers.sipward_sign(self.pki, "--now", int(time.time()) - 2 * peers.WINDOW)
        self.assertEqual(self.ours(value)["reason"], "IAT_STALE")
        self.assertFalse(self.theirs(value))
        value = peers.secsipidx_sign(self.pki)
        self.assertEqual(self.ours(value, "--now", int(time.time()) + 2 * peers.WINDOW)["reason"], "IAT_STALE")

    def test_both_refuse_the_key_of_another(self):
        value = peers.sipward_sign(self.pki)
        path = peers.write(self.folder / "value", value)
        self.assertFalse(peers.secsipidx_check(path, self.pki / "numbers.chain.pem")[0])
        said = peers.sipward_verify("--identity", path, "--orig", peers.ORIG, "--dest", peers.DEST,
                                    "--chain", self.pki / "numbers.chain.pem", "--anchors", self.pki / "anchors.pem")
        self.assertEqual(said["reason"], "SIG_INVALID")


if __name__ == "__main__":
    unittest.main()
