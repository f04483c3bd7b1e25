"""`--html`: a page that shows what was found, asks nobody for anything, and shows as text whatever an attacker sends.

The pages are opened in Chromium.
"""

import json
import os
import pathlib
import re
import unittest

import browser
import capture_file
import case
import command
import messages

# What may stand in a page: our own elements, and none that a text brought along.
TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "noscript", "footer", "p", "span", "details",
    "summary", "pre", "script", "h1", "h2", "dl", "div", "dt", "dd", "ul", "li", "section", "table", "caption", "thead", "tbody", "tr",
    "th", "td", "button", "bdi", "time", "figure", "figcaption", "canvas", "form", "label", "input", "select", "option", "svg", "defs",
    "marker", "path", "rect", "line", "text", "g",
}
SCRIPT = b"</script><script>stolen=1</script><img src=x onerror=stolen=1>"
# Left open, an escape, what turns text round, two ends of a line, an odd byte, what JSON and templates know.
HOSTILE = [SCRIPT, b"<!--<script>", b"\x1b[2J&lt;&amp;", "\u202e\u2066gpj.exe\u2069\u2028\u2029\u200f".encode(), b"\xff\xc0\xaf",
           b'${stolen=1}\\u003c"}]</sc' + b"ript>", "\uf7ff\u05d0\u05d1 \U000e0041".encode()]
# In the browser: the least contrast of a text and what is behind it.
CONTRAST = """(() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => { const f = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
  let least = [21, ""];
  for (const e of document.querySelectorAll("body *")) {
    if (!e.checkVisibility() || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const style = getComputedStyle(e);
    const [a, b] = [light(parse(e.closest("svg") ? style.fill : style.color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < least[0]) least = [ratio, e.outerHTML.slice(0, 200)];
  }
  return least; })()"""


def data_of(path):
    """The report that a page carries, and its text."""
    page = pathlib.Path(path).read_text(encoding="utf-8")
    (text,) = re.findall(r'<script type="application/json" id="report">(.*?)</script>', page, re.DOTALL)
    return json.loads(text, parse_constant=command.refuse_constant), text


def section(report, title):
    (found,) = [part for part in report["sections"] if part["title"] == title]
    return found


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def hostile_scan(number, text):
    """A scanner's message with this text in every field that a report shows."""
    user = text.replace(b"\r", b"").replace(b"\n", b"")
    return messages.scan(number).replace(b"sip:100@198", b"sip:" + user + b"@198").replace(b"<sip:100@1.1.1.1>", b"<sip:" + user + b"@1.1.1.1>").replace(
        b"Call-ID: ", b"Call-ID: " + user)


def answer_of(request):
    lines = request.split(b"\r\n")
    kept = [line for line in lines[1:] if line.split(b":")[0] in (b"Via", b"From", b"To", b"Call-ID", b"CSeq")]
    return b"\r\n".join([b"SIP/2.0 404 <b>Not</b> " + SCRIPT, *kept, b"", b""])


def hostile_capture():
    source, server = ("192.0.2.66", 5061), ("198.51.100.7", 5060)
    packets = []
    for i, text in enumerate(HOSTILE):
        request = hostile_scan(i, text)
        packets.append((i, 0, capture_file.udp_packet(request, source, server)))
        packets.append((i, 500, capture_file.udp_packet(answer_of(request), server, source)))
    packets += [(20 + i, 0, capture_file.udp_packet(messages.RINGING, server, source)) for i in range(3)]
    return capture_file.pcap(packets)


class Html(case.Case):
    # Two of the pack's groups, which takes a tenth of the time.
    RULES = (b'version 1\nrule scan.agent {\n  meta { severity high  why "a <b>scanner</b>" }\n  on request\n'
             b'  when starts_with(user_agent ?? "", "friendly")\n  then drop, score 7 on src.ip\n}\n'
             b'rule enum.nobody {\n  on response\n  when code == 404\n  then alert\n}\n')

    def rules(self):
        return ["--no-default-rules", "--rules", self.write("r.ward", self.RULES)]

    def inspected(self, capture, *options, name="calls.pcap", code=1, pack=False):
        page = os.path.join(self.folder.name, "report.html")
        rules = [] if pack else self.rules()
        done = command.run("inspect", "--html", page, *rules, *options, self.write(name, capture))
        self.assertEqual((done.returncode, done.stderr), (code, b""))
        return page, done.stdout


class Data(Html):
    def test_the_ordinary_output_is_the_same(self):
        capture = hostile_capture()
        _, shown = self.inspected(capture, "--json")
        plain = command.run("inspect", "--json", *self.rules(), os.path.join(self.folder.name, "calls.pcap"))
        self.assertEqual(shown, plain.stdout)

    def test_nothing_in_it_ends_the_script(self):
        page, _ = self.inspected(hostile_capture())
        _, text = data_of(page)
        self.assertEqual(set("<>&") & set(text), set())
        self.assertEqual([c for c in text if not c.isprintable() and c not in "\n\U000e0041" and not 0xF780 <= ord(c) <= 0xF7FF], [])

    def test_it_has_the_very_bytes(self):
        page, _ = self.inspected(hostile_capture())
        report, _ = data_of(page)
        ladders = section(report, "Calls, message by message")["ladders"]
        names = {command.original_bytes(ladder["name"]) for ladder in ladders}
        self.assertEqual(names, {text + str(7000 + i).encode() for i, text in enumerate(HOSTILE)})

    def test_it_has_what_was_found(self):
        page, _ = self.inspected(hostile_capture(), pack=True)
        report, _ = data_of(page)
        done = command.run("inspect", "--json", os.path.join(self.folder.name, "calls.pcap"))
        found = [line for line in command.json_lines(done.stdout) if line["rules"]]
        table = section(report, "Findings")
        titles = [column["title"] for column in table["columns"]]
        self.assertEqual(titles, ["Time", "Threat", "Rules", "Source", "Caller", "Called", "Score", "Verdict", "Frame"])
        rows = [dict(zip(titles, row)) for row in table["rows"]]
        self.assertEqual([(row["Time"], row["Rules"], row["Score"], row["Verdict"], row["Caller"]) for row in rows],
                         [(line["time"], line["rules"], line["score"], line["action"], line["from"]) for line in found])
        chart = section(report, "Messages over time")
        sums = {series["name"]: sum(series["values"]) for series in chart["series"]}
        self.assertEqual((sums["Messages"], sums["Findings"]), (2 * len(HOSTILE) + 3, len(found)))
        self.assertIn("Scanning", [row[0] for row in section(report, "Verdicts by threat")["rows"]])
        # Answers count for whoever asked.
        counts = [2 * len(HOSTILE) + 3, len(found)]
        self.assertEqual({row[0]: row[1:3] for row in section(report, "Sources")["rows"]}, {"192.0.2.66": counts})
        self.assertEqual({row[0]: row[1:3] for row in section(report, "Destinations")["rows"]}, {"198.51.100.7": counts})

    def test_an_empty_capture_is_calm(self):
        page, _ = self.inspected(capture_file.pcap([]), code=0)
        report, _ = data_of(page)
        self.assertEqual((report["calm"], report["verdict"], report["sections"]), (True, "Nothing was found.", []))

    def test_what_is_left_out_is_said(self):
        """One rule without end leaves room for others, in ladders and in rows."""
        many = [(i // 1000, i % 1000, capture_file.udp_packet(messages.scan(i), ("192.0.2.66", 5061), ("198.51.100.7", 5060))) for i in range(1_500)]
        page, _ = self.inspected(capture_file.pcap(many))
        report, _ = data_of(page)
        ladders, rows = section(report, "Calls, message by message"), section(report, "Findings")
        self.assertEqual((len(ladders["ladders"]), len(rows["rows"])), (10, 500))
        self.assertEqual(ladders["leftOut"], "Of each rule the first 10 calls are drawn, and 200 in all: 1,490 calls more.")
        self.assertEqual(rows["leftOut"][:33], "1,000 findings are not shown: the")

    def test_many_names_take_no_more_memory_than_some(self):
        packet = capture_file.udp_packet
        many = [(i, 0, packet(messages.RINGING, ("198.51.100.7", 5060), (f"10.0.{i // 250}.{1 + i % 250}", 5060))) for i in range(1_500)]
        page, _ = self.inspected(capture_file.pcap(many), code=0)
        report, _ = data_of(page)
        sources = section(report, "Sources")
        self.assertEqual((len(sources["rows"]), sources["leftOut"][:29]), (50, "There were more than 1,024: t"))
        self.assertLessEqual(len(section(report, "Messages over time")["series"][0]["values"]), 120)

    def test_times_of_any_kind(self):
        packet = capture_file.udp_packet(messages.RINGING, ("192.0.2.1", 5060), ("198.51.100.7", 5060))
        page, _ = self.inspected(capture_file.pcap([(0, 0, packet), (-1_795_446_245, 1, packet), (2_499_000_000, 0, packet)]), code=0)
        chart = section(data_of(page)[0], "Messages over time")
        self.assertEqual(sum(chart["series"][0]["values"]), 3)
        self.assertLessEqual(len(chart["series"][0]["values"]), 120)

    def test_a_place_that_cannot_be_written(self):
        done = command.run("inspect", "--html", self.folder.name + "/none/report.html", *self.rules(), self.write("calls.pcap", hostile_capture()))
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertRegex(done.stderr.decode(), r"^sipward: cannot write .*/none/report\.html: No such file or directory\n$")


class Opened(Html):
    @classmethod
    def setUpClass(cls):
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.close)

    def open(self, path, width=1280, scheme="light"):
        self.browser.view(width, scheme=scheme)
        self.browser.open(path)
        self.assertEqual(self.browser.complaints(), [])
        self.assertEqual(self.browser.asked_for(), [f"file://{path}"])

    def look(self, script):
        return self.browser.run(script)

    def assert_harmless(self):
        self.assertEqual(self.look("typeof stolen"), "undefined")
        self.assertLessEqual(set(self.look("[...new Set([...document.querySelectorAll('*')].map((e) => e.localName))]")), TAGS)
        self.assertEqual(self.look("document.scripts.length"), 3)
        self.assertEqual(self.look("[...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => /^on/.test(a.name))).length"), 0)
        odd = "/[\\p{Cc}\\p{Cf}\\p{Co}\\p{Zl}\\p{Zp}]/u"
        self.assertEqual(self.look(f"document.body.innerText.replace(/[\\n\\t]/g, '').match({odd})"), None)
        self.assertEqual(self.look(f"document.title.match({odd})"), None)
        self.assertEqual(self.look(f"[...document.querySelectorAll('option, svg text, svg title')].filter((e) => {odd}.test(e.textContent)).length"), 0)

    def assert_accessible(self):
        self.assertEqual(self.look("document.documentElement.lang"), "en")
        self.assertEqual(self.look("document.querySelectorAll('h1').length"), 1)
        self.assertEqual(self.look("[...document.querySelectorAll('section')].filter((e) => !document.getElementById(e.getAttribute('aria-labelledby'))).length"), 0)
        self.assertEqual(self.look("[...document.querySelectorAll('table')].filter((e) => !e.caption || !e.tHead || "
                                   "[...e.tHead.rows[0].cells].some((c) => c.scope !== 'col')).length"), 0)
        self.assertEqual(self.look("[...document.querySelectorAll('select, input')].filter((e) => e.labels.length !== 1).length"), 0)
        self.assertEqual(self.look("[...document.querySelectorAll('.scroll')].filter((e) => e.tabIndex !== 0 || !e.getAttribute('aria-label')).length"), 0)
        self.assertEqual(self.look("[...document.querySelectorAll('.plot, svg')].filter((e) => e.getAttribute('role') !== 'img').length"), 0)

    def assert_legible(self):
        ratio, where = self.look(CONTRAST)
        self.assertGreaterEqual(ratio, 4.5, where)

    def assert_fits(self, width):
        """Nothing needs to be moved sideways to be read but what has its own box for that: ladders, charts' numbers, wide tables."""
        self.assertLessEqual(self.look("document.documentElement.scrollWidth"), width)
        if width < 600:
            self.assertEqual(self.look("[...document.querySelectorAll('.of-table .scroll')].filter((e) => e.scrollWidth > e.clientWidth + 1).length"), 0)

    def assert_numbers_beside_charts(self, report):
        """The table of each chart has the numbers that it draws."""
        for part in report["sections"]:
            if part["kind"] != "chart":
                continue
            shown = self.look(f"[...[...document.querySelectorAll('caption')].find((c) => c.textContent === {json.dumps(part['title'] + ': the numbers')})"
                              ".closest('table').tBodies[0].rows].map((r) => [...r.cells].slice(1).map((c) => Number(c.textContent.replaceAll(',', ''))))")
            self.assertEqual(shown, [list(row) for row in zip(*(series["values"] for series in part["series"]))], part["title"])


class Captures(Opened):
    def test_hostile_texts_stay_text(self):
        page, _ = self.inspected(hostile_capture(), name="\u202e<img src=x onerror=stolen=1>&amp;.pcap")
        report, _ = data_of(page)
        for width, scheme in ((1280, "light"), (375, "dark")):
            with self.subTest(width=width):
                self.open(page, width, scheme)
                self.assert_harmless()
                self.assert_accessible()
                self.assert_legible()
                self.assert_fits(width)
        text = self.look("document.body.innerText")
        for wanted in (SCRIPT.decode(), "<!--<script>", r"\x1b[2J&lt;&amp;", r"\u{202e}\u{2066}gpj.exe\u{2069}\u{2028}\u{2029}\u{200f}",
                       r"\xff\xc0\xaf", "${stolen=1}", r"\xef\x9f\xbf", r"\u{e0041}", r"\u{202e}<img src=x onerror=stolen=1>&amp;.pcap"):
            self.assertIn(wanted, text)
        self.assert_numbers_beside_charts(report)

    def test_the_ladder_of_a_chosen_call(self):
        page, _ = self.inspected(hostile_capture())
        ladders = section(data_of(page)[0], "Calls, message by message")["ladders"]
        self.open(page)
        choose = "document.querySelector('#main .of-ladders select')"
        for i in (0, len(ladders) - 1):
            self.look(f"{choose}.value = '{i}'; {choose}.dispatchEvent(new Event('change'))")
            steps = ladders[i]["steps"]
            self.assertEqual(self.look("document.querySelectorAll('svg.ladder g').length"), len(steps))
            self.assertEqual(self.look("[...document.querySelectorAll('svg.ladder .arrow')].map((e) => [e.getAttribute('x1') < e.getAttribute('x2')])"),
                             [[step["from"] < step["to"]] for step in steps])
            self.assertEqual(self.look("[...document.querySelectorAll('svg.ladder .name')].map((e) => e.firstChild.data)"), ["192.0.2.66", "198.51.100.7"])
            marks = self.look("[...document.querySelectorAll('svg.ladder .rules')].map((e) => e.querySelector('title').textContent)")
            self.assertEqual(marks, [f"{step['action']}: {', '.join(step['rules'])}" for step in steps if step["rules"]])
            self.assertEqual(self.look("document.querySelector('.call table').tBodies[0].rows.length"), len(steps))
            self.assert_harmless()

    def test_findings_are_searched_sorted_and_shown_bit_by_bit(self):
        many = [(i, 0, capture_file.udp_packet(messages.scan(i), ("192.0.2.66", 5061), ("198.51.100.7", 5060))) for i in range(150)]
        many.append((200, 0, capture_file.udp_packet(messages.scan(1), ("192.0.2.99", 5061), ("198.51.100.7", 5060))))
        page, _ = self.inspected(capture_file.pcap(many))
        self.open(page)
        table = "[...document.querySelectorAll('h2')].find((h) => h.textContent === 'Findings').closest('section')"
        rows = f"{table}.querySelector('table').tBodies[0].rows"
        self.assertEqual(self.look(f"{rows}.length"), 25)
        self.look(f"{table}.querySelector('.more button').click()")
        self.assertEqual(self.look(f"{rows}.length"), 125)
        self.look(f"(() => {{ const i = {table}.querySelector('input'); i.value = '192.0.2.99'; i.dispatchEvent(new Event('input')); }})()")
        self.assertEqual(self.look(f"{rows}.length"), 1)
        self.look(f"(() => {{ const i = {table}.querySelector('input'); i.value = ''; i.dispatchEvent(new Event('input')); }})()")
        self.look(f"[...{table}.querySelectorAll('thead button')].find((b) => b.textContent === 'Source').click()")
        self.look(f"[...{table}.querySelectorAll('thead button')].find((b) => b.textContent === 'Source').click()")
        self.assertEqual(self.look(f"{rows}[0].cells[3].textContent"), "192.0.2.99")
        self.assertEqual(self.look(f"{table}.querySelector('[aria-sort]').textContent"), "Source")

    def test_nothing_can_be_asked_for(self):
        """What a text could not bring in, the page's own policy would stop as well."""
        page, _ = self.inspected(hostile_capture())
        self.open(page)
        refused = ("new Promise((done) => { document.addEventListener('securitypolicyviolation', (e) => done(e.effectiveDirective)); "
                   "document.body.append(Object.assign(document.createElement('%s'), { %s })); })")
        self.assertEqual(self.look(refused % ("img", "src: 'http://127.0.0.1:9/x'")), "img-src")
        self.assertEqual(self.look(refused % ("style", "textContent: 'body { color: red }'")), "style-src-elem")
        for done in ("document.body.innerHTML = '<b>'", "document.createElement('script').textContent = 'stolen = 1'",
                     "document.createElement('script').src = 'http://127.0.0.1:9/x'"):
            self.assertEqual(self.look(f"(() => {{ try {{ {done}; return 'taken'; }} catch (e) {{ return e.name; }} }})()"), "TypeError", done)
        self.assertEqual(self.look("typeof stolen"), "undefined")

    def test_on_paper_nothing_is_cut_off(self):
        page, _ = self.inspected(hostile_capture())
        self.open(page, 1000, "dark")
        self.assertEqual(self.browser.print()[:5], b"%PDF-")
        self.assertLessEqual(self.look("document.documentElement.scrollWidth"), 1000)
        self.assertEqual(self.look("[...document.querySelectorAll('.scroll')].filter((e) => e.scrollWidth > e.clientWidth + 1).length"), 0)
        self.assertEqual(self.look("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)")


class Records(Opened):
    TOLL = b'version 1\nrule toll.far {\n  meta { severity high  why "a call <b>abroad</b>" }\n  on cdr\n  when cost > 1\n  then alert\n}\n'

    def judged(self, rows, *options, name="records.csv", code=1):
        page = os.path.join(self.folder.name, "report.html")
        head = b"start,answer,end,billsec,account,caller,callee,call_id,cost\n"
        done = command.run("cdr", "--html", page, "--no-default-rules", "--rules", self.write("r.ward", self.TOLL), *options, self.write(name, head + rows))
        self.assertEqual((done.returncode, done.stderr), (code, b""))
        return page

    def rows(self):
        for i, text in enumerate(HOSTILE):
            quoted = b'"' + text.replace(b'"', b'""') + b'"'
            yield (f"2026-03-01T10:0{i}:00Z,2026-03-01T10:0{i}:05Z,2026-03-01T10:0{i}:35Z,30,".encode() + quoted + b"," + quoted + b"," +
                   b"+4930123456,c%d,%d.5\n" % (i, i))

    def test_hostile_texts_stay_text(self):
        page = self.judged(b"".join(self.rows()), name="<img src=x onerror=stolen=1>\u202e.csv")
        report, text = data_of(page)
        self.assertEqual(set("<>&") & set(text), set())
        for width, scheme in ((1280, "dark"), (375, "light")):
            with self.subTest(width=width):
                self.open(page, width, scheme)
                self.assert_harmless()
                self.assert_accessible()
                self.assert_legible()
                self.assert_fits(width)
        shown = self.look("document.body.innerText")
        for wanted in (SCRIPT.decode(), r"\u{202e}\u{2066}gpj.exe", r"\xff\xc0\xaf", "a call <b>abroad</b>"):
            self.assertIn(wanted, shown)
        self.assert_numbers_beside_charts(report)

    def test_money_at_risk_accounts_and_destinations(self):
        page = self.judged(b"".join(self.rows()))
        report, _ = data_of(page)
        facts = {fact["name"]: fact["value"] for fact in report["facts"]}
        costs = [i + 0.5 for i in range(len(HOSTILE))]
        self.assertEqual((facts["at risk"], facts["cost of all calls"]), (sum(costs[1:]), sum(costs)))
        money = section(report, "Money over time")
        self.assertEqual([sum(series["values"]) for series in money["series"]], [sum(costs), sum(costs[1:])])
        accounts = section(report, "Accounts")["rows"]
        self.assertEqual([command.original_bytes(row[0]) for row in accounts][0], HOSTILE[-1])
        (germany,) = section(report, "Destinations")["rows"]
        self.assertEqual((germany[0], germany[1], germany[5]), ("+49 DE", len(HOSTILE), sum(costs[1:])))
        self.assertEqual(section(report, "Verdicts by threat")["rows"][0][0], "Unauthorised international calls")
        self.assertEqual(len(section(report, "Findings")["rows"]), len(HOSTILE) - 1)

    def test_calls_in_numbers(self):
        rows = b"".join(self.rows()) + b"2026-03-01T11:00:00Z,,2026-03-01T11:00:09Z,0,a,1,+12025550123,c99,\n"
        page = self.judged(rows, "--analytics")
        report, _ = data_of(page)
        facts = {fact["name"]: fact["value"] for fact in report["facts"]}
        self.assertEqual((facts["calls"], facts["answered (ASR)"], facts["mean seconds (ACD)"]), (len(HOSTILE) + 1, 87.5, 30))
        by_country = {row[0]: row[1:3] for row in section(report, "Calls by country")["rows"]}
        self.assertEqual(by_country, {"DE": [len(HOSTILE), 100], "US": [1, 0]})
        self.open(page)
        self.assert_harmless()
        self.assert_accessible()
        self.assertIn("87.5 %", self.look("document.body.innerText"))

    def test_without_costs(self):
        page = self.judged(b"2026-03-01T10:00:00Z,2026-03-01T10:00:05Z,2026-03-01T10:00:35Z,30,a,1,+4930123456,c,\n", code=0)
        report, _ = data_of(page)
        self.assertEqual((report["calm"], report["facts"][0]["value"]), (True, "not known: no record has a cost"))
        self.assertNotIn("Money over time", [part["title"] for part in report["sections"]])


if __name__ == "__main__":
    unittest.main(verbosity=2)
