#include <algorithm>
#include <array>

#include "tests/rules/oracle/random_tree.h"

namespace sipward::rules::oracle {
namespace {

constexpr EventSet kRequest = facts::SetOf(EventKind::kRequest);
constexpr EventSet kStart = facts::SetOf(EventKind::kCallStart);

class RandomFileMaker {
 public:
  explicit RandomFileMaker(uint64_t seed) : chance_(seed), tree_(&file_, &chance_) {}

  FileOf Make() {
    file_.enforce = chance_.Of(80);
    Lists();
    Names();
    for (int64_t i = 1 + chance_.Below(6); i > 0; --i) Rule();
    if (chance_.Of(30)) Profile("p1");
    if (chance_.Of(10)) Profile("p2");
    return std::move(file_);
  }

 private:
  void Lists() {
    const auto list = [&](const char* name, lists::Kind kind, bool nocase,
                          const std::vector<std::string>& texts, bool values) {
      if (!chance_.Of(60)) return;
      ListOf& made = file_.lists.emplace_back();
      made.name = name;
      made.kind = kind;
      made.nocase = nocase;
      if (values) made.columns = {{"risk", Column()}, {"other", Column()}};
      for (const std::string& text : texts) {
        if (!chance_.Of(75)) continue;
        ListOf::Entry& entry = made.entries.emplace_back();
        entry.text = text;
        for (const auto& [unused, type] : made.columns) entry.values.push_back(Value(type));
      }
    };
    list("nets", lists::Kind::kCidr, false, {"192.0.2.0/24", "192.0.2.1", "2001:db8::/32"}, true);
    list("codes", lists::Kind::kPrefix, false, {"1", "+44", "44123", "12"}, true);
    list("names", lists::Kind::kDomain, false, {"b.a", "A", "b.example"}, chance_.Of(50));
    list("words", lists::Kind::kExact, false, {"ab", "A", "1", "ba"}, chance_.Of(50));
    list("folded", lists::Kind::kExact, true, {"ab", "B", "a"}, chance_.Of(30));
    list("patterns", lists::Kind::kPattern, chance_.Of(30), {"a+b", "^B", "1$"}, false);
    for (const auto& [name, kind] :
         {std::pair("hot", lists::Kind::kExact), std::pair("near", lists::Kind::kCidr),
          std::pair("begins", lists::Kind::kPrefix), std::pair("below", lists::Kind::kDomain)}) {
      if (!chance_.Of(40)) continue;
      ListOf& made = file_.lists.emplace_back();
      made.name = name;
      made.kind = kind;
      made.dynamic = true;
    }
  }

  Type Column() {
    return chance_.Pick({Type::kInt, Type::kFloat, Type::kString, Type::kMoney, Type::kBool,
                         Type::kDuration, Type::kIp});
  }
  TreePtr Value(Type type) { return Literal(type, &chance_); }

  // Names that rules of all events but tick may use.
  void Names() {
    if (chance_.Of(40)) {
      auto home = std::make_shared<Tree>();
      home->type = Type::kString;
      home->literal = Text(chance_.Pick({"DE", "US", "GB", ""}));
      home->name = "\"" + home->literal.s + "\"";
      file_.consts.emplace_back("home", home);
    }
    for (int i = 0; i < chance_.Below(3); ++i) {
      const Type type = chance_.Pick({Type::kInt, Type::kDuration, Type::kString, Type::kFloat});
      file_.consts.emplace_back("c" + std::to_string(i), Literal(type, &chance_));
    }
    Place place;
    place.events = facts::kOnAllButTick;
    place.names = file_.consts;
    place.emergency = false;
    for (int i = 0; i < chance_.Below(3); ++i) {
      const Type type = chance_.Pick({Type::kBool, Type::kBool, Type::kInt, Type::kString});
      file_.defines.emplace_back("d" + std::to_string(i), tree_.Of(type, place, 2));
      place.names.push_back(file_.defines.back());
    }
  }

  EventSet Events() {
    const EventSet all[] = {kRequest,
                            kRequest,
                            kRequest | facts::kOnResponses,
                            facts::kOnResponses,
                            facts::kOnAuth,
                            facts::kOnRegister,
                            kStart,
                            kStart,
                            static_cast<EventSet>(kStart | facts::kOnAnswer),
                            facts::kOnEnds,
                            facts::kOnCalls,
                            facts::kOnAllButTick,
                            facts::SetOf(EventKind::kCdr),
                            facts::SetOf(EventKind::kMediaChange),
                            facts::SetOf(EventKind::kTick)};
    return all[chance_.Below(std::size(all))];
  }

  void Rule() {
    RuleOf rule;
    rule.name = "r" + std::to_string(file_.rules.size());
    rule.events = Events();
    const bool refuses = chance_.Of(50);
    Place place;
    place.events = rule.events;
    place.emergency = !refuses;
    place.names = file_.consts;
    if ((rule.events & facts::SetOf(EventKind::kTick)) == 0) {
      place.names.insert(place.names.end(), file_.defines.begin(), file_.defines.end());
    }
    if (chance_.Of(25)) rule.enforce = chance_.Of(50);
    if (chance_.Of(50)) {
      rule.where = tree_.Bool(place, static_cast<int>(1 + chance_.Below(2)));
      RandomTree::Presences(rule.where, &place.present);
    }
    place.proven = place.present.size();
    place.aggregates = true;
    for (int i = 0; i < chance_.Below(3); ++i) {
      const Type type = chance_.Pick({Type::kBool, Type::kInt, Type::kFloat, Type::kString});
      rule.lets.emplace_back("v" + std::to_string(i), tree_.Of(type, place, 2));
      place.names.push_back(rule.lets.back());
    }
    rule.when = tree_.Bool(place, static_cast<int>(1 + chance_.Below(4)));
    RandomTree::Presences(rule.when, &place.present);
    place.aggregates = false;
    Actions(place, refuses, &rule);
    file_.rules.push_back(std::move(rule));
  }

  void Actions(const Place& place, bool refuses, RuleOf* rule) {
    using Kind = ActionRequest::Kind;
    const bool party = (rule->events & facts::SetOf(EventKind::kTick)) == 0;
    for (int64_t more = 1 + chance_.Below(3); more > 0; --more) {
      ActionOf action;
      action.kind = refuses ? chance_.Pick({Kind::kReject, Kind::kDrop, Kind::kThrottle,
                                            Kind::kChallenge, Kind::kHold})
                            : chance_.Pick({Kind::kAlert, Kind::kTag, Kind::kCapture});
      if (party && chance_.Of(50))
        action.kind = chance_.Pick({Kind::kScore, Kind::kBan, Kind::kAdd});
      action.number = action.kind == Kind::kReject  ? 300 + chance_.Below(400)
                      : action.kind == Kind::kScore ? 1 + chance_.Below(50)
                                                    : 1 + chance_.Below(9);
      action.duration = chance_.Pick({5 * kSecond, kHour});
      if (action.kind == Kind::kTag || action.kind == Kind::kReject) {
        action.text = chance_.Pick({"a", "b c"});
      }
      if (action.kind == Kind::kScore) action.key = ScoreKey(place);
      if (action.kind == Kind::kBan) action.key = BanKey(place);
      if (action.kind == Kind::kAdd && !Add(place, &action)) continue;
      rule->actions.push_back(action);
    }
    if (rule->actions.empty()) rule->actions.emplace_back();
  }

  TreePtr ScoreKey(const Place& place) {
    for (;;) {
      const Type type = chance_.Pick({Type::kString, Type::kIp, Type::kCidr});
      TreePtr key = chance_.Of(50) ? tree_.Optional(type, place, 1) : tree_.Of(type, place, 1);
      if (key != nullptr && !Written(*key)) return key;
    }
  }

  // A text in the place of an address is read as one.
  static bool Written(const Tree& tree) {
    return tree.kind == Tree::Kind::kLiteral ||
           std::any_of(tree.parts.begin(), tree.parts.end(),
                       [](const TreePtr& part) { return Written(*part); });
  }

  TreePtr BanKey(const Place&) {
    const auto field = [](FieldId id) {
      auto tree = std::make_shared<Tree>();
      tree->kind = Tree::Kind::kField;
      tree->field = id;
      tree->type = facts::Describe(id).type;
      tree->optional = facts::Describe(id).optional;
      return tree;
    };
    TreePtr key = field(chance_.Pick({FieldId::kSrcIp, FieldId::kSrcNet, FieldId::kSrcHost,
                                      FieldId::kDstIp, FieldId::kAccount, FieldId::kTrunk}));
    if (!key->optional || chance_.Of(50)) return key;
    return rules::oracle::Make(Tree::Kind::kDefault, key->type, {key, field(FieldId::kSrcIp)});
  }

  bool Add(const Place& place, ActionOf* action) {
    for (const ListOf& list : file_.lists) {
      if (!list.dynamic || chance_.Of(30)) continue;
      action->text = list.name;
      const bool nets = list.kind == lists::Kind::kCidr;
      const Type type = nets ? chance_.Pick({Type::kIp, Type::kCidr}) : Type::kString;
      action->key = chance_.Of(40) ? tree_.Optional(type, place, 1) : nullptr;
      if (action->key == nullptr) action->key = tree_.Of(type, place, 1);
      if (action->key != nullptr && (!nets || !Written(*action->key))) return true;
    }
    return false;
  }

  void Profile(const char* name) {
    ProfileOf profile;
    profile.name = name;
    Place place;
    place.events = facts::kOnAllButTick;
    place.names = file_.consts;
    place.names.insert(place.names.end(), file_.defines.begin(), file_.defines.end());
    std::erase_if(place.names, [](const auto& named) { return NamesIdentity(named.second); });
    place.identity = false;
    profile.condition = tree_.Bool(place, 1);
    if (chance_.Of(50)) profile.enforce = chance_.Of(50);
    for (const RuleOf& rule : file_.rules) {
      if (!chance_.Of(30)) continue;
      profile.choices.emplace_back(
          rule.name, chance_.Pick({RuleMode::kEnforce, RuleMode::kReport, RuleMode::kOff}));
    }
    file_.profiles.push_back(std::move(profile));
  }

  FileOf file_;
  Chance chance_;
  RandomTree tree_;
};

// As the handbook has it: what a token says is there for a verified identity alone.
void TellIdentity(EventOf* event) {
  const auto find = [&](FieldId id) {
    return std::find_if(event->fields.begin(), event->fields.end(),
                        [&](const auto& field) { return field.first == id; });
  };
  const auto result = find(FieldId::kIdentityResult);
  if (result == event->fields.end()) return;
  using facts::IdentityReason;
  constexpr std::array kReasons = {IdentityReason::kNotChecked, IdentityReason::kNoIdentity,
                                   IdentityReason::kOther, IdentityReason::kOk};
  const auto is = static_cast<facts::IdentityResult>(result->second.i);
  Val& reason = find(FieldId::kIdentityReason)->second;
  if (is != facts::IdentityResult::kFailed || reason.i < 2) {
    reason.i = static_cast<int64_t>(kReasons[static_cast<size_t>(result->second.i)]);
  }
  // What the host says is not derived; without it there is none of the empty text.
  Val& verstat = find(FieldId::kIdentityVerstat)->second;
  if (verstat.s.empty()) verstat.s = "-";
  if (is == facts::IdentityResult::kVerified) return;
  for (const FieldId id : {FieldId::kIdentityAttest, FieldId::kIdentityOrigid,
                           FieldId::kIdentitySpc, FieldId::kIdentityAge}) {
    Val& value = find(id)->second;
    value = Absent(value.type);
  }
  find(FieldId::kIdentityDivCount)->second.i = 0;
}

EventOf RandomEvent(Nanos now, Chance* chance) {
  EventOf event;
  event.kind = chance->Of(45)
                   ? chance->Pick({EventKind::kRequest, EventKind::kCallStart, EventKind::kCallEnd})
                   : static_cast<EventKind>(chance->Below(facts::kEventKinds));
  event.now = now;
  event.proven = chance->Of(30);
  for (int i = 0; i < facts::kFieldCount; ++i) {
    const auto id = static_cast<FieldId>(i);
    const facts::FieldInfo& info = facts::Describe(id);
    if ((info.events & facts::SetOf(event.kind)) == 0) continue;
    Val value = RandomValue(info.type, chance);
    if (info.optional && chance->Of(25)) value = Absent(info.type);
    event.fields.emplace_back(id, value);
  }
  TellIdentity(&event);
  if (chance->Of(60)) event.headers.emplace_back("x-a", RandomValue(Type::kString, chance).s);
  event.anomaly = chance->Of(30);
  return event;
}

}  // namespace

FileOf RandomFile(uint64_t seed) { return RandomFileMaker(seed).Make(); }

std::vector<EventOf> RandomEvents(uint64_t seed, size_t count) {
  Chance chance(seed);
  std::vector<EventOf> events;
  Nanos now = 1000 * kHour;
  bool long_pause = false;
  size_t since_pause = 0;
  while (events.size() < count) {
    // A row of events is over in 20 s, and two rows are two minutes apart.
    if (chance.Of(8) || ++since_pause > 35) {
      now += 2 * kMinute;
      since_pause = 0;
    } else {
      now += chance.Below(500) * kMillisecond;
    }
    if (!long_pause && chance.Of(2)) {
      now += 4 * kHour;
      long_pause = true;
      since_pause = 0;
    }
    events.push_back(RandomEvent(now, &chance));
  }
  return events;
}

}  // namespace sipward::rules::oracle
