"""In the place of Homer: counts what comes as HEP3. python3 homer.py PORT; the count is printed at SIGTERM."""

import signal
import socket
import struct
import sys

count = 0
stopped = False


def stop(*_):
    global stopped
    stopped = True


signal.signal(signal.SIGTERM, stop)
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
    receiver.bind(("127.0.0.1", int(sys.argv[1])))
    receiver.settimeout(0.2)
    while not stopped:
        try:
            packet = receiver.recv(65535)
        except TimeoutError:
            continue
        if packet[:4] == b"HEP3" and struct.unpack("!H", packet[4:6])[0] == len(packet):
            count += 1
print(count)
