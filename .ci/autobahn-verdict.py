"""Reads Autobahn's reports: `autobahn-verdict.py CASES DIRECTORY`. Autobahn ends with 0
whatever it found, and with no server at all."""
import collections
import json
import pathlib
import sys

GOOD = {"OK", "INFORMATIONAL"}

expected, directory = int(sys.argv[1]), pathlib.Path(sys.argv[2])
cases = {}
for index in directory.glob("*/index.json"):
    cases.update(json.loads(index.read_text()).get("wsecho", {}))
verdicts = collections.Counter()
for case, report in sorted(cases.items()):
    verdict = (report["behavior"], report["behaviorClose"])
    verdicts[verdict] += 1
    if not GOOD.issuperset(verdict):
        print(f"case {case}: {verdict[0]}, closing {verdict[1]}")
good = sum(count for verdict, count in verdicts.items() if GOOD.issuperset(verdict))
for (behavior, closing), count in verdicts.most_common():
    print(f"autobahn: {count} cases {behavior}, closing {closing}")
if good != expected:
    sys.exit(f"autobahn: {good} of {expected} cases are right")
