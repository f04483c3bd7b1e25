"""The workflows can be read, run scripts that exist, and may do no more than they need."""

import re
import sys
import unittest

import yaml

import pages

FOLDER = pages.ROOT / ".github" / "workflows"
MOST_MINUTES = 180
# A major version, as the owners of these actions move it.
PINNED = re.compile(r"^[\w-]+/[\w./-]+@v\d+$")
SCRIPT = re.compile(r"\bbash (\S+)")


class Workflows(unittest.TestCase):
    def setUp(self):
        self.workflows = {path.name: yaml.safe_load(path.read_text(encoding="utf-8"))
                          for path in sorted(FOLDER.glob("*.yml"))}
        self.assertLessEqual({"ci.yml", "cflite_pr.yml", "cflite_batch.yml"}, set(self.workflows))

    def jobs(self):
        for name, workflow in self.workflows.items():
            for job, said in workflow["jobs"].items():
                yield f"{name}, {job}", workflow, said

    def test_may_only_read(self):
        for name, workflow in self.workflows.items():
            self.assertIsInstance(workflow.get("permissions"), dict, name)
            self.assertEqual(set(workflow["permissions"].values()), {"read"}, name)
            # YAML 1.1 reads the key `on` as true.
            self.assertNotIn("pull_request_target", workflow[True], name)
        for where, _, job in self.jobs():
            self.assertNotIn("permissions", job, where)

    def test_end_and_do_not_pile_up(self):
        for where, workflow, job in self.jobs():
            self.assertLessEqual(job["timeout-minutes"], MOST_MINUTES, where)
            self.assertIn("group", job.get("concurrency", workflow.get("concurrency", {})), where)

    def test_name_the_version_of_what_they_use(self):
        for where, _, job in self.jobs():
            for step in job["steps"]:
                if "uses" in step:
                    self.assertRegex(step["uses"], PINNED, where)
                if step.get("uses", "").startswith("actions/checkout@"):
                    self.assertIs(step["with"]["persist-credentials"], False, where)

    def test_fuzzers_are_built_out_of_a_checkout(self):
        built = 0
        for where, _, job in self.jobs():
            uses = [step.get("uses", "") for step in job["steps"]]
            if any("build_fuzzers" in use for use in uses):
                built += 1
                self.assertTrue(uses[0].startswith("actions/checkout@"), where)
        self.assertGreater(built, 0)

    def test_run_scripts_that_exist(self):
        found = set()
        for where, _, job in self.jobs():
            for step in job["steps"]:
                for script in SCRIPT.findall(step.get("run", "")):
                    self.assertTrue((pages.ROOT / script).is_file(), f"{where}: {script}")
                    found.add(script)
        self.assertIn(".ci/run", found)
        told = set(SCRIPT.findall(pages.text_of("CONTRIBUTING.md").replace("`", " ")))
        self.assertLessEqual(found, told, "CONTRIBUTING.md does not say that these are run")

    def test_watch_paths_that_exist(self):
        watched = self.workflows["cflite_pr.yml"][True]["pull_request"]["paths"]
        for path in watched:
            self.assertTrue((pages.ROOT / path.removesuffix("/**")).exists(), path)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
