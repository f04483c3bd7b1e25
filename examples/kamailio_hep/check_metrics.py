"""Whether a page is what Prometheus reads, and tells of an attack: python3 check_metrics.py URL."""

import sys
import urllib.request

from prometheus_client.parser import text_string_to_metric_families

with urllib.request.urlopen(sys.argv[1], timeout=10) as answer:
    page = answer.read().decode()
samples = [sample for family in text_string_to_metric_families(page) for sample in family.samples]
values = {sample.name: sample.value for sample in samples if not sample.labels}
scans = sum(sample.value for sample in samples if sample.labels.get("rule", "").startswith("scan."))
assert values["sipward_messages_total"] > 0 and scans > 0, values
assert "127.0.0.77" not in page, "what messages hold makes no series"
print(f"{len(samples)} samples, {values['sipward_messages_total']:.0f} messages, {scans:.0f} matches of scan.*")
