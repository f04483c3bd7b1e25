"""Which structs grew, and whether they may: grown.py RELEASED.abi NOW.abi

A struct that says its size (struct_size, its first member) may have more members behind those of the release; no other may, and
nothing else of a struct may change. Writes what abidiff is to pass over, since it knows of no such rule; what breaks programs
is said on the standard error, and the exit is 1.
"""

import sys
import xml.etree.ElementTree


def spelled(types, number, depth=0):
    """The type as one would write it; a struct by its name, since it is compared by itself."""
    element = types.get(number)
    if element is None or depth > 16:
        return number
    inner = element.get("type-id")
    words = [element.tag, element.get("name") or "", element.get("const") or "", element.get("size-in-bits") or ""]
    if element.tag == "class-decl":
        return element.get("name")
    if element.tag == "subrange":
        return element.get("length")
    words += [element.get("dimensions") or "", *(sub.get("length", "") for sub in element.findall("subrange"))]
    if element.tag == "function-type":
        words += [spelled(types, part.get("type-id"), depth + 1) for part in element if part.get("type-id")]
    return " ".join(words) + (f" of {spelled(types, inner, depth + 1)}" if inner else "")


def structs(path):
    """Name -> (size, [(member, offset, type)]) of every struct that is not opaque."""
    tree = xml.etree.ElementTree.parse(path)
    types = {element.get("id"): element for element in tree.iter() if element.get("id")}
    found = {}
    for element in tree.iter("class-decl"):
        if element.get("is-declaration-only") == "yes" or not (element.get("name") or "").startswith("sipward_"):
            continue
        members = [(member.find("var-decl").get("name"), member.get("layout-offset-in-bits"),
                    spelled(types, member.find("var-decl").get("type-id"))) for member in element.findall("data-member")]
        found[element.get("name")] = (int(element.get("size-in-bits")), members)
    return found


def main():
    released, now = structs(sys.argv[1]), structs(sys.argv[2])
    broken = 0
    for name, (size, members) in sorted(released.items()):
        new_size, new_members = now.get(name, (0, []))
        if (new_size, new_members) == (size, members):
            continue
        says_its_size = members and members[0][0] == "struct_size"
        if new_members[:len(members)] == members and says_its_size:
            print(f"[suppress_type]\n  name = {name}")
            continue
        changed = [old[0] for old, new in zip(members, new_members) if old != new] or ["its size"]
        print(f"struct {name}: {', '.join(changed)} changed", file=sys.stderr)
        broken = 1
    sys.exit(broken)


if __name__ == "__main__":
    main()
