"""Inspects one SIP message from standard input with the default rules and prints the verdict.

    python3 main.py < message.sip
"""
import sys

import sipward

with sipward.Engine() as engine, engine.inspector() as inspector:
    packet = sipward.Packet(sys.stdin.buffer.read(), source=("198.51.100.7", 5060), destination=("192.0.2.1", 5060))
    verdict = inspector.inspect(packet)
    print(verdict.action.label)
    for hit in verdict.hits:
        print(f"  {hit.rule}: {hit.why}")
