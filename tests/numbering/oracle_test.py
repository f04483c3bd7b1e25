"""The look-up against the library whose metadata it was made of: oracle_test.py PROGRAM.

PROGRAM answers a number a line (query.cc). The numbers are the library's own examples of every region and
type, and those with digits changed, added, taken away, and random ones behind every country code. Four
differences are meant; each is said below, and everything else is a failure. So are all ways in which the library
writes numbers, in their country and from another; there four differences are meant.
"""

import pathlib
import random
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "lib" / "numbering" / "plan"))
from plan import SATELLITE, phonenumbers  # noqa: E402
from phonenumbers import phonenumberutil  # noqa: E402

MUTATIONS = 30  # of every example
RANDOM = 200  # behind every country code
WAYS = 4  # numbers of every sort and country
ELSEWHERE = "US DE GB FR BR AU JP CO RU IT KR HK CU".split()
TYPES = {
    "FIXED_LINE": "fixed", "MOBILE": "mobile", "FIXED_LINE_OR_MOBILE": "fixed_or_mobile",
    "PREMIUM_RATE": "premium", "TOLL_FREE": "toll_free", "SHARED_COST": "shared_cost", "VOIP": "voip",
    "PERSONAL_NUMBER": "personal", "PAGER": "pager", "UAN": "uan", "VOICEMAIL": "voicemail",
    "UNKNOWN": "unallocated",
}
TYPE_NAMES = {getattr(phonenumbers.PhoneNumberType, name): ours for name, ours in TYPES.items()}
CODES = phonenumbers.COUNTRY_CODE_TO_REGION_CODE


def metadata_of(code):
    return [phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(code, name) for name in CODES[code]]


def descs(metadata):
    for name in ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip",
                 "pager", "uan", "voicemail"):
        desc = getattr(metadata, name)
        if desc is not None and desc.national_number_pattern:
            yield desc


def changed(chance, digits):
    at = chance.randrange(len(digits) + 1)
    kind = chance.randrange(4)
    digit = str(chance.randrange(10))
    if kind == 0:
        return digits[:at] + digit + digits[at:]
    if kind == 1:
        return digits[: max(at - 1, 0)] + digits[at:]
    if kind == 2:
        return digits[:at]
    return digits[: max(at - 1, 0)] + digit + digits[at:]


def numbers():
    """(country code, national number), each once."""
    chance = random.Random(8)
    found = {}
    for code in sorted(CODES):
        for metadata in metadata_of(code):
            examples = [desc.example_number for desc in descs(metadata) if desc.example_number]
            # Leading digits, and what is around them, in shared codes.
            if metadata.leading_digits:
                examples += [str(n) + "5550123" for n in range(0, 1000, 7)]
            for example in examples:
                found[code, example] = True
                for _ in range(MUTATIONS):
                    found[code, changed(chance, changed(chance, example) or "0")] = True
        for _ in range(RANDOM):
            found[code, "".join(str(chance.randrange(10)) for _ in range(chance.randint(1, 17)))] = True
    return [(code, national) for code, national in found if national]


def theirs(code, national):
    """(country or None, type) of the national number as it stands."""
    number = phone_number(code, national)
    country = phonenumberutil.region_code_for_number(number)
    type = TYPE_NAMES[phonenumbers.number_type(number)] if country else "unallocated"
    valid = phonenumbers.is_valid_number(number)
    assert valid == (type != "unallocated")
    return country, type, valid


def ways_of_writing():
    """(home, text), each once: numbers of every country as they are written there, and as they are dialled from elsewhere."""
    chance = random.Random(9)
    found = {}
    for home in sorted(phonenumbers.SUPPORTED_REGIONS):
        metadata = phonenumbers.PhoneMetadata.metadata_for_region(home)
        code, prefix = metadata.country_code, metadata.national_prefix or ""
        for desc in descs(metadata):
            nationals = [desc.example_number] + [changed_at_the_end(chance, desc.example_number) for _ in range(WAYS)]
            for national in nationals:
                number = phone_number(code, national)
                elsewhere = chance.choice(ELSEWHERE)
                texts = {phonenumbers.format_number(number, way) for way in range(4)}  # E.164, international, national, tel:
                texts |= {phonenumbers.format_out_of_country_calling_number(number, home), national, prefix + national}
                texts |= {f"{code}{national}", f"00{code}{national}", f"+{code} ({prefix}){national}"}
                found.update(((home, text), True) for text in texts)
                found[elsewhere, phonenumbers.format_out_of_country_calling_number(number, elsewhere)] = True
    return list(found)


def changed_at_the_end(chance, digits):
    """The beginning says of which sort a number is."""
    text = list(digits)
    for _ in range(2):
        text[chance.randrange(1, len(text))] = str(chance.randrange(10))
    return "".join(text)


def phone_number(code, national):
    zeros = len(national) - len(national.lstrip("0")) if national.strip("0") else len(national) - 1
    return phonenumbers.PhoneNumber(country_code=code, national_number=int(national), italian_leading_zero=zeros > 0 or None,
                                    number_of_leading_zeros=zeros or None)


def parsed(home, text):
    """The digits of the E.164 form, and whether the number is valid; None if the library refuses the text."""
    try:
        number = phonenumbers.parse(text, home)
    except phonenumbers.NumberParseException:
        return None, False
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)[1:], phonenumbers.is_valid_number(number)


class Oracle(unittest.TestCase):
    def ask(self, questions):
        done = subprocess.run([sys.argv[1]], input="\n".join(questions) + "\n", capture_output=True, text=True, check=True)
        answers = [line.split() for line in done.stdout.split("\n")[:-1]]
        self.assertEqual(len(answers), len(questions))
        return answers

    def test_every_way_of_writing_is_one_form(self):
        asked = ways_of_writing()
        answers = self.ask([f"{home}\t{text}" for home, text in asked])
        kinds = dict.fromkeys(("same", "refused", "in no plan", "lacks a plus", "without a 1"), 0)
        for (home, text), answer in zip(asked, answers):
            ours = "".join(answer)
            expected, valid = parsed(home, text)
            kind = "same"
            if ours != expected:
                digits = "".join(c for c in text if c.isdigit())
                # 5. What the library refuses is read as far as it goes: 00 and a code where that is no prefix.
                # 6. Of numbers that no plan has, the library says what they might be; here they stay, or are one that is valid.
                # 7. Where a 0 stands in front of national numbers, digits without it that are a valid number of the world are that.
                # 8. A 1 between the code of Mexico and a mobile number was given up in 2019; the library still knows it.
                kind = "refused" if expected is None else "lacks a plus" if valid else "in no plan"
                if home == "MX" and expected == "521" + ours[2:]:
                    kind = "without a 1"
                if kind == "lacks a plus":
                    prefix = phonenumbers.PhoneMetadata.metadata_for_region(home).national_prefix
                    self.assertEqual((prefix, text[0] in "+0"), ("0", False), (home, text, ours, expected))
                    self.assertEqual(parsed(None, "+" + digits), (ours, True), (home, text, expected))
            kinds[kind] += 1
        print(f"{len(asked)} ways of writing: {kinds}")
        self.assertGreater(len(asked), 40000)
        self.assertGreater(kinds["same"], 0.93 * len(asked))
        self.assertLess(kinds["lacks a plus"] + kinds["refused"], 0.01 * len(asked))

    def test_emergency_numbers_are_those_of_the_metadata(self):
        homes = sorted(phonenumbers.SUPPORTED_REGIONS)
        numbers = [f"{n:0{size}}" for size in (2, 3) for n in range(10**size)]
        answers = self.ask([f"{home}\temergency {number}" for home in homes for number in numbers])
        expected = [["1" if phonenumbers.is_emergency_number(number, home) else "0"] for home in homes for number in numbers]
        self.assertEqual(answers, expected)

    def test_every_number_is_what_the_library_says(self):
        asked = numbers()
        answers = self.ask([f"{code}{national}" for code, national in asked])
        kinds = dict.fromkeys(("same", "short", "main country", "satellite"), 0)
        for (code, national), answer in zip(asked, answers):
            digits = f"{code}{national}"
            country, type, valid = theirs(code, national)
            shortest = min(length for m in metadata_of(code) for length in m.general_desc.possible_length if length > 0)
            kind = "same"
            if not valid and len(national) < shortest:
                # 1. Fewer digits than any number of the code has are no number: 911 is not India.
                kind, country, type, code = "short", "-", "no_number", "-"
            elif country is None:
                # 2. Of a code that countries share, the library names none for a number that is in no plan.
                kind, country = "main country", CODES[code][0]
            # 3. What the library calls mobile, or nothing, is a satellite network by its code.
            if kind != "short" and digits.startswith(SATELLITE):
                kind, type = "satellite", "satellite"
            kinds[kind] += 1
            expected = [country, str(code), type, "1" if valid else "0"]
            self.assertEqual([answer[0]] + answer[2:], expected, digits)
        print(f"{len(asked)} numbers: {kinds}")
        self.assertGreater(len(asked), 60000)
        self.assertGreater(min(kinds.values()), 20)

    def test_what_is_parsed_is_found(self):
        """A number in E.164 form as a person would have it read: the national number is what stands behind the code.

        4. Where the library takes a trunk prefix off what stands behind the code (+44 0 20 ...), or puts one there, the
        digits are not in E.164 form, and the look-up says what stands there.
        """
        examples = [(code, desc.example_number) for code in sorted(CODES) for metadata in metadata_of(code)
                    for desc in descs(metadata) if desc.example_number]
        answers = self.ask([f"{code}{national}" for code, national in examples])
        rewritten = 0
        for (code, national), answer in zip(examples, answers):
            number = phonenumbers.parse(f"+{code}{national}")
            if phonenumbers.national_significant_number(number) != national:
                rewritten += 1
                continue
            self.assertEqual(answer[4] == "1", phonenumbers.is_valid_number(number), (code, national))
            self.assertEqual(answer[0], phonenumberutil.region_code_for_number(number), (code, national))
        print(f"{len(examples)} examples parsed, {rewritten} rewritten by the library")
        self.assertLess(rewritten, len(examples) / 50)

    def test_codes_that_no_country_has(self):
        unused = [str(code) for code in range(1, 1000)
                  if not any(str(code).startswith(str(c)) or str(c).startswith(str(code)) for c in CODES)]
        answers = self.ask([code + "123456789" for code in unused])
        self.assertGreater(len(unused), 50)
        for code, answer in zip(unused, answers):
            self.assertEqual(answer, ["-", "-", "-", "no_number", "0"], code)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
