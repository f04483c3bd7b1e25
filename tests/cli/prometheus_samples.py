"""Metrics on the standard input as JSON, read by Prometheus' own parser: a list of [name, type, help, [[name, labels, value], ...]]."""

import json
import sys

from prometheus_client.parser import text_string_to_metric_families

families = text_string_to_metric_families(sys.stdin.read())
print(json.dumps([[family.name, family.type, family.documentation, [[s.name, s.labels, s.value] for s in family.samples]] for family in families]))
