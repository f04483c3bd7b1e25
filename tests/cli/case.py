"""A folder for a test, and the command over what lies in it."""

import os
import tempfile
import unittest

import command


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, data):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(data)
        return path

    def parsed(self, data, *options):
        done = command.run("parse", "--json", *options, self.write("message.sip", data))
        return command.json_lines(done.stdout)[0]
