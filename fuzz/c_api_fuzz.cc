// Any sequence of calls of the C interface with any arguments: the bytes say which function comes
// next, on which object, with which sizes. Pointers are real or NULL, sizes of buffers are true;
// everything else may be anything.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "fuzz/support/c_cdr.h"
#include "fuzz/support/c_identity.h"
#include "fuzz/support/c_objects.h"
#include "fuzz/support/c_pack.h"
#include "fuzz/support/c_trust.h"
#include "fuzz/support/input.h"
#include "fuzz/support/small_pages.h"
#include "sipward.h"

namespace {

constexpr int kMostCalls = 200;
constexpr uint64_t kMostRegion = uint64_t{16} << 20;

using sipward::fuzz::AnyStruct;
using sipward::fuzz::Input;
using sipward::fuzz::Known;
using sipward::fuzz::Output;
using sipward::fuzz::Require;
using sipward::fuzz::Slots;

class Session {
 public:
  Session(const uint8_t* data, size_t size) : input_(data, size) {}

  void Run() {
    for (int calls = 0; calls < kMostCalls && !input_.empty(); ++calls) Step();
  }

 private:
  void Step() {
    switch (input_.Byte() % 10) {
      case 0:
        return Make();
      case 1:
        return Break();
      case 2:
        return Parse();
      case 3:
        return ReadOrWrite(input_.Byte() % 4);
      case 4:
        return Frame();
      case 5:
        return Compile();
      case 6:
        return Inspect();
      case 8:
        return Tell();
      case 9:
        return BanOrReload();
      default:
        return Describe();
    }
  }

  void Make() {
    switch (input_.Byte() % 8) {
      case 0:
        return messages_.Create(input_, sipward_message_create);
      case 1:
        return framers_.Create(input_, [&](sipward_framer** out) {
          return sipward_framer_create(input_.Byte() * 64u, out);
        });
      case 2:
        return compilers_.Create(input_, [&](auto** out) { return packs_.Create(out); });
      case 3: {
        sipward_compiler* compiler = compilers_.Any(input_);
        return rules_.Create(input_, [&](auto** out) { return packs_.Build(compiler, out); });
      }
      case 4: {
        auto options = AnyStruct<sipward_state_options>(input_);
        options.bytes %= kMostRegion;
        return states_.Create(
            input_, [&](sipward_state** out) { return sipward_state_create(&options, out); });
      }
      case 5: {
        const sipward_rules* rules = rules_.Any(input_);
        sipward_state* state = states_.Any(input_);
        const sipward_trust* trust = trusts_.Any(input_);
        return engines_.Create(input_, [&](sipward_engine** out) {
          return sipward::fuzz::MakeEngine(input_, rules, state, trust, out);
        });
      }
      case 7:
        return trusts_.Create(
            input_, [&](sipward_trust** out) { return sipward::fuzz::MakeTrust(input_, out); });
      default: {
        const sipward_engine* engine = engines_.Any(input_);
        return inspectors_.Create(
            input_, [&](sipward_inspector** out) { return sipward_inspector_create(engine, out); });
      }
    }
  }

  void Break() {
    switch (input_.Byte() % 8) {
      case 0:
        return messages_.Destroy(input_);
      case 1:
        return framers_.Destroy(input_);
      case 2:
        return compilers_.Destroy(input_);
      case 3:
        return rules_.Destroy(input_);
      case 4:
        return states_.Destroy(input_);
      case 5:
        return engines_.Destroy(input_);
      case 7:
        return trusts_.Destroy(input_);
      default:
        return inspectors_.Destroy(input_);
    }
  }

  sipward_message* InspectorMessage() { return sipward_inspector_message(inspectors_.Any(input_)); }

  // Messages point into these bytes, so that they stay until the end.
  void Parse() {
    auto options = AnyStruct<sipward_parse_options>(input_);
    const std::string_view bytes = input_.Text();
    if (input_.Byte() % 4 == 0) {
      const std::string_view name = input_.Text();
      Known(sipward_policy_accept(&options.policy, name.data(), name.size()));
      Known(sipward_policy_refuse(&options.policy, name.data(), name.size()));
    }
    sipward_message* message = messages_.Any(input_);
    const bool given = input_.Byte() % 2 == 0;
    Known(sipward_message_parse(message, bytes.data(), bytes.size(), given ? &options : nullptr));
    Known(sipward_message_validate(message));
  }

  static void Inside(sipward_slice slice, sipward_text bytes) {
    if (slice.offset == SIPWARD_ABSENT) return;
    Require(slice.offset <= bytes.size && slice.length <= bytes.size - slice.offset);
  }

  void ReadOrWrite(int choice) {
    if (choice == 2) return Write(messages_.Any(input_));
    Read(choice == 0 ? InspectorMessage() : messages_.Any(input_));
  }

  void Read(sipward_message* message) {
    sipward_text bytes{};
    Known(sipward_message_bytes(message, &bytes));
    const std::string_view name = input_.Text();
    const uint32_t index = input_.Number();
    sipward_slice slice{SIPWARD_ABSENT, 0};
    sipward_anomaly anomaly{};
    uint64_t number = 0;
    Known(sipward_message_find(message, name.data(), name.size(), &slice));
    Inside(slice, bytes);
    Known(sipward_message_body(message, &slice));
    Inside(slice, bytes);
    Known(sipward_message_error(message, &anomaly));
    Known(sipward_message_anomaly(message, index, &anomaly));
    Require(anomaly.id < sipward_anomaly_count());
    Known(sipward_message_number(message, name.data(), name.size(), &number));
    Output<sipward_start_line> start(input_);
    Known(sipward_message_start_line(message, start.get()));
    Output<sipward_header> header(input_);
    const int32_t found = sipward_message_header(message, index, header.get());
    Known(found);
    Require(found != SIPWARD_OK || index < sipward_message_header_count(message));
    Output<sipward_uri> uri(input_);
    Known(sipward_message_request_uri(message, uri.get()));
    Output<sipward_via> via(input_);
    Known(sipward_message_via(message, index, via.get()));
    Output<sipward_digest> digest(input_);
    Known(sipward_message_digest(message, name.data(), name.size(), index, digest.get()));
    Output<sipward_cseq> cseq(input_);
    Known(sipward_message_cseq(message, cseq.get()));
    Output<sipward_address> address(input_);
    Known(sipward_message_address(message, name.data(), name.size(), index, address.get()));
    ReadHeaderValues(message, name, index);
    sipward_slice anywhere{input_.Number(), input_.Number()};
    ReadParams(message, bytes, uri.Read().params);
    ReadParams(message, bytes, anywhere);
    ReadBody(message, index);
  }

  template <typename T>
  void Ask(sipward_message* message, int32_t (*read)(sipward_message*, T*)) {
    Output<T> out(input_);
    Known(read(message, out.get()));
  }
  template <typename T>
  void Ask(sipward_message* message, uint32_t index,
           int32_t (*read)(sipward_message*, uint32_t, T*)) {
    Output<T> out(input_);
    Known(read(message, index, out.get()));
  }

  void ReadBody(sipward_message* message, uint32_t index) {
    Ask(message, sipward_message_body_info);
    Ask(message, index, sipward_message_part);
    Ask(message, sipward_message_text);
    Ask(message, sipward_sdp_read_session);
    Ask(message, index, sipward_sdp_read_media);
    Ask(message, index, sipward_sdp_read_bandwidth);
    Ask(message, index, sipward_sdp_read_attribute);
    Ask(message, index, sipward_sdp_read_rtpmap);
    Ask(message, index, sipward_sdp_read_fmtp);
    Ask(message, index, sipward_sdp_read_crypto);
    Ask(message, index, sipward_sdp_read_fingerprint);
    Ask(message, index, sipward_sdp_read_setup);
    Ask(message, index, sipward_sdp_read_candidate);
  }

  // Two edits with text out of the input, into a buffer of any size: nothing is written behind it.
  void Write(const sipward_message* message) {
    std::array<sipward_edit, 2> edits{};
    for (sipward_edit& edit : edits) {
      edit.struct_size = sizeof edit;
      edit.kind = input_.Byte() % 10;
      edit.place = input_.Byte() % 5;
      edit.which = input_.Byte() % 5;
      edit.number = input_.Number();
      edit.reserved = input_.Byte() == 255;
      const std::string_view name = input_.Text(), value = input_.Text(), body = input_.Text();
      edit.name = name.data();
      edit.name_size = name.size();
      edit.value = value.data();
      edit.value_size = value.size();
      edit.body = body.data();
      edit.body_size = body.size();
    }
    edits[0].struct_size = edits[1].struct_size =
        input_.Byte() < 200 ? uint32_t{sizeof edits[0]} : input_.Byte();
    std::array<char, 2048> room;
    room.fill('\xA5');
    const size_t capacity = std::min<size_t>(input_.Short(), room.size());
    Output<sipward_edit_result> result(input_);
    const size_t count = input_.Pick(3);
    const auto flags = static_cast<uint32_t>(input_.Pick(3));
    const int32_t status = sipward_message_write(message, edits.data(), count, flags, room.data(),
                                                 capacity, result.get());
    Known(status);
    const sipward_edit_result told = result.Read();
    const size_t used = status == SIPWARD_OK ? capacity : 0;
    Require(status != SIPWARD_OK || told.size <= capacity);
    Require(std::all_of(room.begin() + static_cast<ptrdiff_t>(used), room.end(),
                        [](char c) { return c == '\xA5'; }));
    Require(sipward_edit_problem_text(told.problem) != nullptr);
  }

  void ReadHeaderValues(sipward_message* message, std::string_view name, uint32_t index) {
    Output<sipward_item> item(input_);
    Known(sipward_message_item(message, name.data(), name.size(), index, item.get()));
    Output<sipward_media_type> media_type(input_);
    Known(sipward_message_media_type(message, name.data(), name.size(), index, media_type.get()));
    Output<sipward_identity> identity(input_);
    Known(sipward_message_identity(message, index, identity.get()));
    Output<sipward_reason> reason(input_);
    Known(sipward_message_reason(message, index, reason.get()));
    Output<sipward_dialog> dialog(input_);
    Known(sipward_message_dialog(message, name.data(), name.size(), dialog.get()));
    Output<sipward_product> product(input_);
    Known(sipward_message_product(message, name.data(), name.size(), index, product.get()));
    Output<sipward_rack> rack(input_);
    Known(sipward_message_rack(message, rack.get()));
    Output<sipward_session_timer> session_timer(input_);
    Known(sipward_message_session_timer(message, name.data(), name.size(), session_timer.get()));
    int64_t date = 0;
    Known(sipward_message_date(message, &date));
    Output<sipward_event> event(input_);
    Known(sipward_message_event(message, name.data(), name.size(), index, event.get()));
    Output<sipward_subscription> subscription(input_);
    Known(sipward_message_subscription(message, subscription.get()));
    Output<sipward_resource_priority> resource_priority(input_);
    Known(sipward_message_resource_priority(message, index, resource_priority.get()));
    Output<sipward_warning> warning(input_);
    Known(sipward_message_warning(message, index, warning.get()));
    Output<sipward_retry_after> retry_after(input_);
    Known(sipward_message_retry_after(message, retry_after.get()));
  }

  static void ReadParams(sipward_message* message, sipward_text bytes, sipward_slice params) {
    sipward_param param;
    for (uint32_t left = params.length;;) {
      const int32_t status = sipward_param_next(message, &params, &param);
      Known(status);
      if (status != SIPWARD_OK) return;
      Inside(param.name, bytes);
      Inside(param.value, bytes);
      Require(params.length < left);
      left = params.length;
    }
  }

  void Frame() {
    sipward_framer* framer = framers_.Any(input_);
    const std::string_view bytes = input_.Text();
    size_t taken = 0, size = 0;
    const char* data = nullptr;
    sipward_anomaly error{};
    Known(sipward_framer_push(framer, bytes.data(), bytes.size(), &taken));
    Require(taken <= bytes.size());
    for (int32_t status = SIPWARD_OK; status == SIPWARD_OK;) {
      status = sipward_framer_next(framer, &data, &size, &error);
      Known(status);
      if (status == SIPWARD_OK) Require(size > 0);
    }
    static_cast<void>(sipward_framer_pending(framer));
  }

  void Compile() {
    sipward_compiler* compiler = compilers_.Any(input_);
    const std::string_view name = input_.Text();
    const std::string_view text = input_.Text();
    const int call = input_.Byte() % 8;
    if (call != 3 && call != 4) packs_.Touch(compiler);
    switch (call) {
      case 0:
        Known(sipward_compiler_add_rules(compiler, name.data(), name.size(), text.data(),
                                         text.size()));
        break;
      case 1:
        Known(sipward_compiler_set_file(compiler, input_.Number(), text.data(), text.size()));
        break;
      case 2: {
        sipward_text path, named_by;
        Known(sipward_compiler_file(compiler, input_.Number(), &path, &named_by));
        break;
      }
      case 3: {
        std::string out(input_.Number() % 4096, 'x');
        size_t size = 0;
        Known(sipward_rules_format(text.data(), text.size(), out.data(), out.size(), &size));
        break;
      }
      case 4:
        packs_.Add(compiler);
        break;
      case 6:
        Known(sipward_compiler_keep_tests(compiler));
        break;
      case 7:
        sipward::fuzz::SetBudget(input_, compiler);
        break;
      default: {
        Output<sipward_diagnostic> diagnostic(input_);
        Known(sipward_compiler_diagnostic(compiler, input_.Number(), diagnostic.get()));
      }
    }
  }

  void Inspect() {
    sipward_inspector* inspector = inspectors_.Any(input_);
    auto packet = AnyStruct<sipward_packet>(input_);
    const std::string_view bytes = input_.Text();
    packet.offset = std::min<uint64_t>(packet.offset, bytes.size());
    packet.size = std::min<uint64_t>(packet.size, bytes.size() - packet.offset);
    packet.account = input_.Byte() % 2 == 0 ? bytes.data() : nullptr;
    packet.account_size = std::min(packet.account_size, bytes.size());
    packet.trunk = nullptr;
    packet.trunk_size %= 2;
    packet.identity = nullptr;
    Output<sipward_verdict> verdict(input_);
    size_t done = 0;
    Known(sipward_inspector_inspect(inspector, bytes.data(), &packet, verdict.get()));
    Known(
        sipward_inspector_inspect_batch(inspector, bytes.data(), &packet, 1, verdict.get(), &done));
    const sipward_verdict told = verdict.Read();
    Require(done <= 1 && told.action <= SIPWARD_ACTION_DROP);
    Require(told.hit_count <= SIPWARD_MAX_HITS);
    sipward::fuzz::UseTicket(input_, inspector, bytes.data(), packet, told);
    sipward::fuzz::UseRecord(input_, inspector, rules_.Any(input_));
  }

  void BanOrReload() {
    const sipward_engine* engine = engines_.Any(input_);
    if (input_.Byte() < 128) {
      sipward::fuzz::UseBans(input_, engine);
    } else {
      sipward::fuzz::UseList(input_, engine);
    }
    if (input_.Byte() >= 192) sipward::fuzz::UseStatistics(input_, engine);
    Output<sipward_misfit> misfit(input_);
    Known(sipward_engine_reload(engine, rules_.Any(input_), misfit.get()));
    if (input_.Byte() >= 224) Copy();
  }

  // What a state was, into another one; and any bytes.
  void Copy() {
    sipward_state* state = states_.Any(input_);
    const auto moment = AnyStruct<sipward_moment>(input_);
    size_t size = 0;
    sipward_text why{};
    if (sipward_state_snapshot(state, &moment, nullptr, 0, &size) == SIPWARD_ERR_SPACE) {
      std::string bytes(size, '\0');
      Known(sipward_state_snapshot(state, &moment, bytes.data(), bytes.size(), &size));
      Require(size <= bytes.size());
      Known(sipward_state_restore(states_.Any(input_), bytes.data(), size, &moment, &why));
    }
    const std::string_view any = input_.Text();
    Require(sipward_state_restore(states_.Any(input_), any.data(), any.size(), &moment, &why) !=
            SIPWARD_OK);
  }

  // An event of facts out of the input: fields by their number or by name.
  void Tell() {
    auto event = AnyStruct<sipward_host_event>(input_);
    event.kind %= 11;
    event.flags %= 3;
    std::array<sipward_fact, 4> facts{};
    for (sipward_fact& fact : facts) {
      fact.field = input_.Byte();
      fact.kind = input_.Byte() % 7;
      fact.integer = input_.Byte() < 128 ? input_.Byte() % 3 : input_.Number();
      fact.real = static_cast<double>(input_.Number());
      fact.prefix_bits = input_.Byte();
      fact.reserved = input_.Byte() == 255;
      const std::string_view text = input_.Text();
      fact.text = text.data();
      fact.text_size = text.size();
      std::memcpy(fact.address, text.data(), std::min(text.size(), sizeof fact.address));
      const std::string_view name = input_.Text();
      Known(sipward_field_find(event.kind, name.data(), name.size(), &fact.field));
    }
    event.fact_count %= static_cast<uint32_t>(facts.size()) + 1;
    event.facts = facts.data();
    Output<sipward_verdict> verdict(input_);
    Known(sipward_inspector_event(inspectors_.Any(input_), &event, verdict.get()));
    const sipward_verdict told = verdict.Read();
    Require(told.action <= SIPWARD_ACTION_DROP && told.tag_count <= SIPWARD_MAX_TAGS);
    Require(event.kind < SIPWARD_EVENT_CALL_ANSWER || event.kind == SIPWARD_EVENT_MEDIA_CHANGE ||
            told.action <= SIPWARD_ACTION_FLAG);
  }

  void Describe() {
    Output<sipward_field_info> field(input_);
    Known(sipward_field_describe(input_.Byte(), field.get()));
    static_cast<void>(sipward_event_name(input_.Byte()));
    const uint32_t index = input_.Number();
    Output<sipward_anomaly_info> anomaly(input_);
    Known(sipward_anomaly_describe(index, anomaly.get()));
    Output<sipward_rule_info> rule(input_);
    const sipward_rules* rules = rules_.Any(input_);
    const int32_t described = sipward_rules_describe(rules, index, rule.get());
    Known(described);
    Require(described != SIPWARD_OK || index < sipward_rules_count(rules));
    Output<sipward_rule_budget> budget(input_);
    Known(sipward_rules_budget(rules, budget.get()));
    Output<sipward_statistics> counted(input_);
    Known(sipward_engine_statistics(engines_.Any(input_), counted.get()));
    Require(sipward_status_text(static_cast<int32_t>(index)) != nullptr);
    Require((sipward_action_name(index) != nullptr) == (index <= SIPWARD_ACTION_DROP));
    sipward::fuzz::UseNumbers(input_);
    sipward::fuzz::UseTrust(input_, trusts_.Any(input_), messages_.Any(input_));
    Require(sipward_version() >> 16 == SIPWARD_VERSION_MAJOR);
    Test(rules, index);
  }

  void Test(const sipward_rules* rules, uint32_t index) {
    constexpr uint32_t kMostEvents = 1000;
    const uint32_t count = sipward_rules_test_count(rules);
    if (count > 0 && index % 4 != 0) index %= count;
    Output<sipward_test_info> info(input_);
    Known(sipward_rules_test_describe(rules, index, info.get()));
    sipward_test_info whole{};
    whole.struct_size = sizeof whole;
    const bool there = sipward_rules_test_describe(rules, index, &whole) == SIPWARD_OK;
    Require(there == (index < count));
    if (whole.events > kMostEvents) return;
    Output<sipward_test_result> result(input_);
    Known(sipward_rules_test_run(rules, index, result.get()));
    Require(result.Read().found_size <= SIPWARD_TEST_FOUND_BYTES);
  }

  Input input_;
  sipward::fuzz::Packs packs_;
  Slots<sipward_message, sipward_message_destroy> messages_;
  Slots<sipward_framer, sipward_framer_destroy> framers_;
  Slots<sipward_compiler, sipward_compiler_destroy> compilers_;
  Slots<sipward_rules, sipward::fuzz::DestroyRules> rules_;
  Slots<sipward_state, sipward_state_destroy> states_;
  Slots<sipward_trust, sipward_trust_destroy> trusts_;
  Slots<sipward_engine, sipward_engine_destroy> engines_;
  Slots<sipward_inspector, sipward_inspector_destroy> inspectors_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sipward::fuzz::UseSmallPages();
  Session(data, size).Run();
  return 0;
}
