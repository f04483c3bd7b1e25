"""What the C++ interface forbids. A case: its name, a use that compiles, a misuse that must not, and why it does not."""

DELETED = r"deleted"
IGNORED = r"ignoring return(ed)? value|unused-result"
NO_DEFAULT = r"deleted|no matching (function|constructor)|private"
NO_COPY = r"deleted"
NO_CONVERSION = (r"cannot convert|could not convert|no (known |viable )?(conversion|overloaded)|"
                 r"no match for .operator|invalid operands|cannot initialize|not contextually|"
                 r"no matching (function|constructor)|assigning to|incompatible type|conversion from .* to")
NOT_CONST = r"discards qualifiers|not marked const|no matching (member )?function"

# Declared, never defined: nothing here runs.
PRELUDE = """
#include <array>
#include <chrono>
#include <string>
#include <utility>

#include <sipward/sipward.h>

std::string Text();
sipward::Message NewMessage();
sipward::Inspector NewInspector();
sipward::Rules NewRules();
extern std::string text;
extern sipward::Message message;
extern sipward::Rules rules;
extern sipward::State state;
extern sipward::Engine engine;
extern sipward::Inspector inspector;
extern sipward::StreamFramer framer;
extern sipward::Compiler compiler;
extern sipward::Packet packet;
extern sipward::Verdict verdict;
extern sipward::EngineOptions options;
extern const sipward::Message const_message;
extern const sipward::Inspector const_inspector;
extern const sipward::StreamFramer const_framer;
"""

DANGLING = [
    ("parse_a_temporary", "static_cast<void>(message.Parse(text));",
     "static_cast<void>(message.Parse(Text()));", DELETED),
    ("parse_a_moved_string", "static_cast<void>(message.Parse(std::as_const(text)));",
     "static_cast<void>(message.Parse(std::move(text)));", DELETED),
    ("parse_a_moved_const_string", 'static_cast<void>(message.Parse("OPTIONS"));',
     "static_cast<void>(message.Parse(std::move(std::as_const(text))));", DELETED),
    ("bytes_of_a_temporary", "packet.bytes = text;", "packet.bytes = Text();", DELETED),
    ("bytes_of_a_moved_const_string", "packet.bytes = std::string_view(text);",
     "packet.bytes = std::move(std::as_const(text));", DELETED),
    ("account_of_a_temporary", 'packet.account = "alice";', "packet.account = Text();", DELETED),
    ("trunk_of_a_temporary", "packet.trunk = {text.data(), 1};", 'packet.trunk = text + "1";', DELETED),
    ("addresses_by_a_temporary_name", "for (const auto& a : message.Addresses(text)) (void)a;",
     "for (const auto& a : message.Addresses(Text())) (void)a;", DELETED),
    ("edit_of_a_temporary_value", "(void)sipward::Edit::Add(\"X-A\", text);",
     "(void)sipward::Edit::Add(\"X-A\", Text());", DELETED),
    ("edit_of_a_temporary_name", "(void)sipward::Edit::Remove(text);",
     "(void)sipward::Edit::Remove(Text());", DELETED),
    ("edit_of_a_moved_string", "(void)sipward::Edit::Set(\"X-A\", text);",
     "(void)sipward::Edit::Set(\"X-A\", std::move(text));", DELETED),
    ("body_of_a_temporary", "(void)sipward::Edit::Body(\"text/plain\", text);",
     "(void)sipward::Edit::Body(\"text/plain\", Text());", DELETED),
    ("uri_of_a_temporary", "(void)sipward::Edit::RequestUri(text);",
     "(void)sipward::Edit::RequestUri(text + \"x\");", DELETED),
    ("view_of_a_temporary_message", "sipward::MessageView view = message; (void)view;",
     "sipward::MessageView view = NewMessage(); (void)view;", DELETED),
    ("view_assigned_a_temporary_message", "sipward::MessageView view = message; view = message;",
     "sipward::MessageView view = message; view = NewMessage();", DELETED),
    ("message_of_a_temporary_inspector", "(void)inspector.message();",
     "(void)NewInspector().message();", DELETED),
    ("hit_of_a_temporary_verdict", "(void)verdict.HitAt(0);",
     "(void)inspector.Inspect(packet).HitAt(0);", DELETED),
    ("hits_of_a_temporary_verdict", "for (const auto& hit : verdict.Hits()) (void)hit;",
     "for (const auto& hit : inspector.Inspect(packet).Hits()) (void)hit;", DELETED + "|incomplete|void"),
    ("rule_of_temporary_rules", "(void)rules[0];", "(void)NewRules()[0];", DELETED),
]

UNCHECKED = [
    (f"ignored_{name}", f"static_cast<void>({call});", f"{call};", IGNORED) for name, call in [
        ("parse", "message.Parse(text)"), ("validate", "message.Validate()"),
        ("written", "message.Write({}, nullptr, 0)"),
        ("verdict", "inspector.Inspect(packet)"), ("inspection", "inspector.Inspect(packet, verdict)"),
        ("batch", "inspector.InspectBatch(nullptr, nullptr, 0, &verdict)"),
        ("bytes_taken", "framer.Push(text)"), ("next_message", "framer.Next()"),
        ("rules", "sipward::Rules::Default()"), ("rules_of_a_text", 'sipward::Rules::FromText("a", text)'),
        ("default_pack", "compiler.AddDefaultPack()"), ("added_rules", 'compiler.AddRules("a", text)'),
        ("build", "compiler.Build()"), ("state", "sipward::State::Create({})"),
        ("engine", "sipward::Engine::Create(rules, state)"),
        ("inspector", "sipward::Inspector::Create(engine)"),
        ("framer", "sipward::StreamFramer::Create()"), ("message", "sipward::Message::Create()"),
    ]
]

# What nobody set is no success.
DEFAULTS = [
    ("status_of_nothing", "sipward::Status s = sipward::StatusCode::kEnd; (void)s;",
     "sipward::Status s; (void)s;", NO_DEFAULT),
    ("status_of_braces", "sipward::Status s{sipward::StatusCode::kEnd}; (void)s;",
     "sipward::Status s{}; (void)s;", NO_DEFAULT + "|ambiguous"),
    ("error_of_nothing", "sipward::Error e{sipward::StatusCode::kRules}; (void)e;",
     "sipward::Error e{}; (void)e;", NO_DEFAULT + "|could not convert|ambiguous"),
    ("result_of_nothing",
     "sipward::Result<sipward::Rules> r = sipward::Error{sipward::StatusCode::kRules}; (void)r;",
     "sipward::Result<sipward::Rules> r; (void)r;", NO_DEFAULT),
] + [
    (f"{name.lower()}_of_nothing", f"sipward::{name} o = std::move({owned}); (void)o;",
     f"sipward::{name} o; (void)o;", NO_DEFAULT) for name, owned in [
        ("Message", "message"), ("Rules", "rules"), ("State", "state"), ("Engine", "engine"),
        ("Inspector", "inspector"), ("StreamFramer", "framer"), ("Compiler", "compiler"),
    ]
] + [
    ("view_of_nothing", "sipward::MessageView o = message; (void)o;",
     "sipward::MessageView o; (void)o;", NO_DEFAULT),
]

COPIES = [
    (f"copied_{name.lower()}", f"sipward::{name} o = std::move({owned}); (void)o;",
     f"sipward::{name} o = {owned}; (void)o;", NO_COPY) for name, owned in [
        ("Message", "message"), ("Rules", "rules"), ("State", "state"), ("Engine", "engine"),
        ("Inspector", "inspector"), ("StreamFramer", "framer"), ("Compiler", "compiler"),
    ]
] + [
    (f"copy_assigned_{owned}", f"auto other = std::move({owned}); {owned} = std::move(other);",
     f"auto other = std::move({owned}); {owned} = other;", NO_COPY)
    for owned in ("message", "rules", "inspector")
]

CONVERSIONS = [
    ("status_as_a_condition", "if (message.Parse(text).ok()) return;",
     "if (message.Parse(text)) return;", NO_CONVERSION),
    ("status_compared_with_a_number", "(void)(message.Parse(text) == sipward::StatusCode::kOk);",
     "(void)(message.Parse(text) == 0);", NO_CONVERSION),
    ("status_as_a_number", "sipward::StatusCode c = message.Validate().code(); (void)c;",
     "int c = message.Validate(); (void)c;", NO_CONVERSION),
    ("status_of_a_number", "sipward::Status s = sipward::Status::FromC(0); (void)s;",
     "sipward::Status s = 0; (void)s;", NO_CONVERSION),
    ("unchecked_result", "(void)sipward::Engine::Create(sipward::Rules::Default().value(), state);",
     "(void)sipward::Engine::Create(sipward::Rules::Default(), state);", NO_CONVERSION),
    ("result_as_a_number", "bool b = sipward::Message::Create().ok(); (void)b;",
     "bool b = sipward::Message::Create(); (void)b;", NO_CONVERSION),
    ("action_as_a_condition", "if (verdict.action() > sipward::Action::kAllow) return;",
     "if (verdict.action()) return;", NO_CONVERSION),
    ("action_compared_with_a_number", "(void)(verdict.action() >= sipward::Action::kReject);",
     "(void)(verdict.action() >= SIPWARD_ACTION_REJECT);", NO_CONVERSION),
    ("action_compared_with_another_enum", "(void)(verdict.action() == sipward::Action::kFlag);",
     "(void)(verdict.action() == sipward::Severity::kWarning);", NO_CONVERSION),
    ("action_of_a_number", "sipward::Action a = sipward::Action::kDrop; (void)a;",
     "sipward::Action a = 6; (void)a;", NO_CONVERSION),
    ("transport_of_a_number", "packet.transport = sipward::Transport::kTcp;",
     "packet.transport = SIPWARD_TRANSPORT_TCP;", NO_CONVERSION),
    ("transport_of_a_direction", "packet.direction = sipward::Direction::kInbound;",
     "packet.transport = sipward::Direction::kInbound;", NO_CONVERSION),
    ("profile_of_a_number", "options.profile = sipward::Profile::kStrict;", "options.profile = 1;",
     NO_CONVERSION),
    ("wall_of_the_wrong_clock", "packet.wall = std::chrono::system_clock::now();",
     "packet.wall = std::chrono::steady_clock::now();", NO_CONVERSION),
    ("monotonic_of_the_wrong_clock", "packet.monotonic = std::chrono::steady_clock::now();",
     "packet.monotonic = std::chrono::system_clock::now();", NO_CONVERSION),
    ("time_of_a_number", "packet.monotonic += std::chrono::seconds(1);", "packet.monotonic = 1;",
     NO_CONVERSION),
    ("swapped_rules_and_state", "(void)sipward::Engine::Create(rules, state);",
     "(void)sipward::Engine::Create(state, rules);", NO_CONVERSION),
    ("view_of_a_bare_pointer", "sipward::MessageView v(sipward_inspector_message(nullptr)); (void)v;",
     "sipward::MessageView v = sipward_inspector_message(nullptr); (void)v;", NO_CONVERSION),
]

# A const object may be used by several threads at once: what changes it is not const.
SHARED = [
    ("inspecting_with_a_const_inspector", "(void)inspector.Inspect(packet);",
     "(void)const_inspector.Inspect(packet);", NOT_CONST),
    ("parsing_into_a_const_message", "(void)message.Parse(text);", "(void)const_message.Parse(text);",
     NOT_CONST),
    ("pushing_into_a_const_framer", "(void)framer.Push(text);", "(void)const_framer.Push(text);",
     NOT_CONST),
]

CXX = DANGLING + UNCHECKED + DEFAULTS + COPIES + CONVERSIONS + SHARED

C_PRELUDE = """
#include <sipward.h>
extern sipward_message* message;
extern const sipward_message* const_message;
extern sipward_rules* rules;
extern sipward_engine* engine;
extern sipward_inspector* inspector;
extern const sipward_packet packet;
extern sipward_verdict verdict;
extern sipward_slice slice;
"""
INCOMPATIBLE = r"incompatible pointer type|incompatible-pointer-types|discards.*qualifier"
C = [
    ("handle_of_another_kind", "sipward_rules_destroy(rules);", "sipward_rules_destroy(engine);",
     INCOMPATIBLE),
    ("message_for_an_inspector", "(void)sipward_inspector_inspect(inspector, 0, &packet, &verdict);",
     "(void)sipward_inspector_inspect(message, 0, &packet, &verdict);", INCOMPATIBLE),
    ("verdict_for_a_packet", "(void)sipward_message_body(message, &slice);",
     "(void)sipward_message_body(message, &verdict);", INCOMPATIBLE),
    ("parsing_into_a_const_message", "(void)sipward_message_parse(message, 0, 0, 0);",
     "(void)sipward_message_parse(const_message, 0, 0, 0);", INCOMPATIBLE),
    ("handle_by_value", "sipward_message* copy = message; (void)copy;",
     "sipward_message copy = *message; (void)copy;", r"incomplete|initializer"),
    ("size_of_a_handle", "(void)sizeof(sipward_verdict);", "(void)sizeof(sipward_engine);",
     r"incomplete"),
]
