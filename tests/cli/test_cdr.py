"""`sipward cdr`: files of call records go in, findings come out."""

import json
import os
import unittest

import case
import command

KEYS = ["row", "rules", "action", "account", "caller", "callee", "score", "file", "start", "duration", "cost", "why"]
RULES = b"""version 1
rule far {
  meta { severity high  why "a call abroad" }
  on cdr where answered
  when starts_with(callee.number, "44")
  then alert
}
rule many {
  meta { severity high  why "many calls" }
  on cdr
  when count(by account over 1h) > 2
  then ban account for 1h
}
rule points {
  on cdr
  when callee.number == "493000000001"
  then score 5 on account
}
"""
HEADER = b"start,answer,end,billsec,account,caller,callee,call_id,cost\n"


def asterisk(uid, dst="493012345678", start="2026-03-01 10:00:00", end="2026-03-01 10:01:00", seconds=60, clid='"""Ann"" <1001>"'):
    return (f'"","1001","{dst}","ctx",{clid},"SIP/1001-0000abcd","SIP/t-1","Dial","x","{start}","{start}","{end}",'
            f'{seconds},{seconds},"ANSWERED","DOCUMENTATION","{uid}",""\n').encode()


class Cdr(case.Case):
    def judge(self, data, *options, code=None, rules=RULES, name="records.csv"):
        path = self.write(name, data)
        more = ["--rules", self.write("r.ward", rules), "--no-default-rules"] if rules else []
        done = command.run("cdr", *more, *options, path)
        if code is not None:
            self.assertEqual(done.returncode, code, done.stderr)
        return done

    def findings(self, data, *options, code=1, rules=RULES):
        done = self.judge(data, "--json", *options, code=code, rules=rules)
        self.assertEqual(done.stderr, b"")
        return command.json_lines(done.stdout)


class Findings(Cdr):
    def test_have_all_keys_in_order(self):
        for line in self.findings(asterisk(1, "44201234567") + asterisk(2)):
            self.assertEqual(list(line), KEYS)

    def test_say_which_record_and_why(self):
        (line,) = self.findings(b"\n" + asterisk(1) + asterisk(2, "44201234567"))
        self.assertEqual((line["row"], line["rules"], line["action"]), (3, ["far"], "flag"))
        self.assertEqual((line["account"], line["caller"], line["callee"]), ("1001", "1001", "44201234567"))
        self.assertEqual((line["duration"], line["cost"], line["start"]), (60, None, "2026-03-01T10:00:00.000000Z"))
        self.assertEqual(line["why"], "a call abroad")
        self.assertTrue(line["file"].endswith("records.csv"))

    def test_points_alone_are_none(self):
        self.assertEqual(self.findings(asterisk(1, "493000000001"), code=0), [])

    def test_what_would_be_banned_is_one(self):
        lines = self.findings(b"".join(asterisk(i) for i in range(4)))
        self.assertEqual([(line["row"], line["action"]) for line in lines], [(3, "drop"), (4, "drop")])

    def test_come_in_the_order_of_the_calls(self):
        late = asterisk(1, start="2026-03-01 12:00:00", end="2026-03-01 12:01:00")
        early = [asterisk(i, start=f"2026-03-01 10:0{i}:00", end=f"2026-03-01 10:0{i}:30", seconds=30) for i in (4, 3, 2)]
        self.assertEqual([line["row"] for line in self.findings(late + b"".join(early))], [2])

    def test_go_over_all_files(self):
        first = self.write("first.csv", asterisk(1) + asterisk(2))
        (line,) = self.findings(asterisk(3), first)
        self.assertEqual(line["row"], 1)

    def test_records_from_the_standard_input(self):
        rules = self.write("r.ward", RULES)
        done = command.run("cdr", "--rules", rules, "--no-default-rules", "--json", "-", stdin=asterisk(1, "44201234567"))
        self.assertEqual(done.returncode, 1)
        self.assertEqual(command.json_lines(done.stdout)[0]["file"], "-")

    def test_names_that_are_no_utf8(self):
        row = asterisk(1, "44201234567").replace(b'"1001","44', b'"10\xf6","44')
        (line,) = self.findings(row)
        self.assertEqual(command.original_bytes(line["caller"]), b"10\xf6")


class Rows(Cdr):
    def summary(self, data, *options, code=0):
        return self.findings(data, "--summary", *options, code=code)[-1]

    def test_in_are_good_and_bad(self):
        good = asterisk(1)
        bad = [b"cut,off\n", good.replace(b",60,60,", b",60,-5,"), good.replace(b"1001", b"10\x0001", 1), good.replace(b'"Dial"', b'"Dial')]
        told = self.summary(good + b"".join(bad) + b"\n\n" + asterisk(2)[:-1])
        self.assertEqual((told["rows"], told["good"], told["bad"]), (6, 2, 4))
        self.assertEqual(sum(told["reasons"].values()), 4)

    def test_that_are_there_twice_count_once(self):
        told = self.summary(asterisk(1) * 3 + asterisk(2))
        self.assertEqual((told["rows"], told["good"], told["duplicates"], told["calls"]), (4, 4, 2, 2))

    def test_without_an_id_are_two_calls(self):
        row = asterisk(1).replace(b',"1",""\n', b"\n")
        told = self.summary(row * 2)
        self.assertEqual((told["duplicates"], told["calls"]), (0, 2))

    def test_the_summary_is_told_apart(self):
        *_, last = self.findings(asterisk(1, "44201234567"), "--summary")
        self.assertIs(last["summary"], True)
        self.assertNotIn("row", last)

    def test_none_of_them_good(self):
        done = self.judge(b"hello\nworld\n", "--json", code=2)
        self.assertEqual(done.stdout, b"")
        self.assertIn(b"none of the rows", done.stderr)

    def test_no_rows_at_all(self):
        self.assertEqual(self.findings(b"", code=0), [])

    def test_kamailio_rows_of_a_call_are_one(self):
        rules = b'version 1\nrule long_one {\n  on cdr\n  when duration == 90s and answered and cost > 0.01\n  then alert\n}\n'
        data = (b"method,from_tag,to_tag,callid,sip_code,sip_reason,time,src_user,dst_user\n"
                b"BYE,a,b,c1,200,OK,2026-03-01 10:01:30,1001,4930123\n"
                b"INVITE,a,b,c1,200,OK,2026-03-01 10:00:00,1001,4930123\n"
                b"INVITE,a,b,c2,486,Busy,2026-03-01 10:02:00,1001,4930123\n")
        rates = self.write("rates.csv", b"49,0.02,60\n")
        done = self.judge(data, "--json", "--summary", "--rates", rates, code=1, rules=rules)
        line, told = command.json_lines(done.stdout)
        self.assertEqual((line["row"], line["duration"], line["cost"]), (3, 90, 0.04))
        self.assertEqual((told["rows"], told["good"], told["calls"]), (3, 3, 2))


class Options(Cdr):
    def test_rates_give_a_cost(self):
        rates = self.write("rates.csv", b"prefix,rate_per_minute,increment_seconds\n44,1.5,60\n")
        (line,) = self.findings(asterisk(1, "44201234567", seconds=61, end="2026-03-01 10:01:01"), "--rates", rates)
        self.assertEqual(line["cost"], 3)

    def test_numbers_are_brought_to_one_form_at_home(self):
        rates = self.write("rates.csv", b"49,0.02,60\n44,1.5,60\n")
        row = asterisk(1, "00442012345678") + asterisk(2, "030123456")
        told = self.findings(row, "--home", "DE", "--rates", rates, "--summary", code=0)[-1]
        self.assertEqual(told["cost"], 1.52)
        text = self.judge(row, "--home", "DE", "--rates", rates).stdout.decode()
        self.assertIn("+44 GB", text)
        self.assertIn("+49 DE", text)

    def test_a_feed_fills_a_list_first(self):
        feed = self.write("numbers.txt", b"4420123\n")
        (line,) = self.findings(asterisk(1, "004420123456") + asterisk(2), "--home", "DE", "--feed", f"feed_numbers={feed}", rules=None)
        self.assertEqual((line["row"], "blacklist.called" in line["rules"]), (1, True))
        done = self.judge(asterisk(1), "--feed", f"nowhere={feed}", rules=None, code=2)
        self.assertIn(b"no dynamic list 'nowhere'", done.stderr)

    def test_a_wrong_rate_is_named(self):
        rates = self.write("rates.csv", b"44,1.5,60\n44,x,60\n")
        done = self.judge(asterisk(1), "--rates", rates, code=2)
        self.assertIn(b"rates.csv:2:4: ", done.stderr)

    def test_local_time(self):
        (line,) = self.findings(asterisk(1, "44201234567"), "--utc-offset", "+02:00")
        self.assertEqual(line["start"], "2026-03-01T08:00:00.000000Z")
        self.assertEqual(self.judge(asterisk(1), "--utc-offset", "noon", code=2).stdout, b"")

    def test_columns_by_name_and_by_place(self):
        columns = self.write("c.toml", b'# ours\ndelimiter = ";"\n[columns]\nstart = "Begin"\ncallee = \'To\'\nduration = "Seconds"\n')
        (line,) = self.findings(b"To;Begin;Seconds\n44201234567;2026-03-01 10:00:00;60\n", "--columns", columns)
        self.assertEqual((line["row"], line["callee"], line["duration"]), (2, "44201234567", 60))
        places = self.write("p.toml", b"[columns]\ncallee = 1\nstart = 3\nduration = 2\n")
        (line,) = self.findings(b"44201234567,60,1772359200\n", "--format", "csv", "--columns", places)
        self.assertEqual((line["row"], line["duration"]), (1, 60))

    def test_mistakes_in_columns_are_named(self):
        for text, where in ((b'[columns]\nstart = "Begin\n', b":2:9: "), (b"[columns]\nstrat = 1\n", b":2:1: "), (b"[other]\n", b":1:2: "),
                            (b"", b":0:1: "), (b"[columns]\nstart = 0\n", b":2:9: "), (b"[columns]\nstart 1\n", b":2:7: "),
                            (b"[columns]\nstart = 1 x\n", b":2:11: "), (b"[columns]\nstart = 1\nend = 1\nstart = 2\n", b":4:1: ")):
            with self.subTest(text=text):
                done = self.judge(asterisk(1), "--columns", self.write("c.toml", text), code=2)
                self.assertIn(b"c.toml" + where, done.stderr)

    def test_home_is_a_country_or_its_code(self):
        rules = b'version 1\nimport pack\nrule at_home {\n  on cdr\n  when home == "DE"\n  then alert\n}\n'
        for home in ("DE", "49", "+49"):
            done = self.judge(asterisk(1), "--json", "--home", home, rules=None, code=0)
            self.assertEqual(done.stderr, b"")
            path = self.write("home.ward", rules)
            done = command.run("cdr", "--json", "--home", home, "--rules", path, self.write("r.csv", asterisk(1)))
            self.assertEqual(done.returncode, 1, done.stderr)
        for wrong in ("", "XYZ", "+", "999", "+4930"):
            self.assertEqual(self.judge(asterisk(1), f"--home={wrong}").returncode, 2, wrong)

    def test_the_format_can_be_said(self):
        self.assertEqual(self.judge(asterisk(1), "--json", "--format", "jsonl", code=2).stdout, b"")
        row = json.dumps({"start": 1772359200, "callee": "44201234567", "duration": 5}).encode() + b"\n"
        self.assertEqual(len(self.findings(row, "--format", "jsonl")), 1)

    def test_a_file_that_is_not_there(self):
        done = command.run("cdr", os.path.join(self.folder.name, "nothing.csv"))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"No such file", done.stderr)


class Report(Cdr):
    def test_says_what_was_found_and_what_it_cost(self):
        data = HEADER + b"".join(
            f"2026-03-01T10:0{i}:00Z,2026-03-01T10:0{i}:00Z,2026-03-01T10:0{i}:30Z,30,acme,1,4420123456{i},c{i},1.25\n".encode() for i in range(3))
        done = self.judge(data + b"x\n", code=1)
        text = done.stdout.decode()
        for words in ("many  drop", "far   flag", "3 calls of 3", "At risk   3.75 of 3.75", "4 in: 3 good, 1 bad", "+44 GB", "acme", "records.csv:5"):
            self.assertIn(words, text)
        self.assertLess(text.index("many"), text.index("far"))

    def test_says_that_nothing_was_found(self):
        text = self.judge(asterisk(1), code=0).stdout.decode()
        self.assertTrue(text.startswith("Nothing was found.\n"))
        self.assertIn("not known: no record has a cost", text)

    def test_is_harmless_on_a_terminal(self):
        row = asterisk(1, "44201234567").replace(b'"","1001"', b'"\x1b[2J","1001"')
        self.assertTrue(command.is_harmless(self.judge(row, code=1).stdout.decode()))


if __name__ == "__main__":
    unittest.main()
