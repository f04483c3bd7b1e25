"""The smallest routing in Python (KEMI) that asks the module: what is refused is answered as the rule says, everything else with 200."""

import KSR


class Routing:
    def child_init(self, rank):
        return 0

    def ksr_request_route(self, message):
        if KSR.sipward.check() > 0:
            KSR.sl.sl_send_reply(200, "OK")
        elif KSR.pv.get("$sipward(action)") != "throttle":
            KSR.sl.sl_send_reply(KSR.pv.get("$sipward(code)"), KSR.pv.get("$sipward(reason)"))
        return 1


def mod_init():
    return Routing()
