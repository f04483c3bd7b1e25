// Events and fields by name.
#include "facts/facts.h"
#include "guard.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

using facts::EventKind;
using facts::Type;

static_assert(static_cast<int>(EventKind::kRequest) == SIPWARD_EVENT_REQUEST);
static_assert(static_cast<int>(EventKind::kResponse) == SIPWARD_EVENT_RESPONSE);
static_assert(static_cast<int>(EventKind::kAuth) == SIPWARD_EVENT_AUTH);
static_assert(static_cast<int>(EventKind::kRegister) == SIPWARD_EVENT_REGISTER);
static_assert(static_cast<int>(EventKind::kCallStart) == SIPWARD_EVENT_CALL_START);
static_assert(static_cast<int>(EventKind::kCallAnswer) == SIPWARD_EVENT_CALL_ANSWER);
static_assert(static_cast<int>(EventKind::kCallEnd) == SIPWARD_EVENT_CALL_END);
static_assert(static_cast<int>(EventKind::kMediaChange) == SIPWARD_EVENT_MEDIA_CHANGE);
static_assert(static_cast<int>(EventKind::kCdr) == SIPWARD_EVENT_CDR);
static_assert(static_cast<int>(EventKind::kTick) == SIPWARD_EVENT_TICK);
static_assert(static_cast<int>(Type::kBool) == SIPWARD_TYPE_BOOL);
static_assert(static_cast<int>(Type::kFloat) == SIPWARD_TYPE_FLOAT);
static_assert(static_cast<int>(Type::kDuration) == SIPWARD_TYPE_DURATION);
static_assert(static_cast<int>(Type::kCidr) == SIPWARD_TYPE_CIDR);
static_assert(static_cast<int>(Type::kNumber) == SIPWARD_TYPE_NUMBER);

uint32_t ToC(Type type) {
  return facts::IsEnum(type) ? uint32_t{SIPWARD_TYPE_ENUM} : static_cast<uint32_t>(type);
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace facts = sipward::facts;

extern "C" {

const char* sipward_event_name(uint32_t kind) {
  if (kind >= facts::kEventKinds) return nullptr;
  return facts::EventName(static_cast<facts::EventKind>(kind)).data();
}

int32_t sipward_field_describe(uint32_t field, sipward_field_info* out) {
  if (!HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (field >= static_cast<uint32_t>(facts::kFieldCount)) return SIPWARD_END;
  const facts::FieldInfo& info = facts::Describe(static_cast<facts::FieldId>(field));
  sipward_field_info described{};
  described.field = field;
  described.type = ToC(info.type);
  described.optional = info.optional ? 1 : 0;
  described.events = info.events;
  described.name = Text(info.name);
  described.type_name = Text(facts::TypeName(info.type));
  described.meaning = Text(info.meaning);
  WriteStruct(described, out);
  return SIPWARD_OK;
}

int32_t sipward_field_find(uint32_t event, const char* name, size_t name_size, uint32_t* field) {
  if (event >= facts::kEventKinds || !UsableBytes(name, name_size) || name_size == 0 ||
      !Usable(field)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const facts::EventSet events = facts::SetOf(static_cast<facts::EventKind>(event));
  const auto found = facts::FindField(View(name, name_size), events);
  if (!found || (facts::Describe(*found).events & events) == 0) return SIPWARD_ERR_FIELD;
  *field = static_cast<uint32_t>(*found);
  return SIPWARD_OK;
}

}  // extern "C"
