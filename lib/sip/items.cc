// Item lists: cut along their separators, held against the grammar of the whole line.
#include "sip/items.h"

#include "sip/host.h"
#include "sip/item_rules.h"
#include "sip/number.h"
#include "sip/params.h"

namespace sipward::sip {
namespace {

// The parser of one header line.
class LineParser {
 public:
  LineParser(const char* base, Slice text, ItemGrammar grammar, const Limits& limits,
             AnomalyLog& log, ItemSink* sink)
      : base_(base),
        text_(text),
        grammar_(grammar),
        limits_(limits),
        log_(log),
        structure_(log),
        sink_(*sink) {}

  bool Run() {
    switch (grammar_) {
      case ItemGrammar::kNone:
        return false;
      case ItemGrammar::kText:
        static_cast<void>(Take({text_, text_, {}}));
        return true;
      case ItemGrammar::kProducts:
        ReadProducts();
        break;
      case ItemGrammar::kRetryAfter:
        ReadRetryAfter();
        break;
      default:
        ReadByMachine();
        break;
    }
    return !structure_.any();
  }

 private:
  bool Take(const Item& item) {
    if (sink_.count == sink_.room.size()) {
      structure_.Note(AnomalyId::kHeaderTooManyValues, item.text.offset);
      return false;
    }
    sink_.room[sink_.count++] = item;
    return true;
  }

  void ReadByMachine() {
    const ItemShape& shape = ShapeOf(grammar_);
    const uint32_t first = sink_.count;
    const MachineResult match = shape.match(base_, text_);
    // An empty line is a list of none where the grammar has one.
    if (!text_.empty() || !match.accepted) CutValues(shape);
    if (match.accepted || structure_.any()) return;
    structure_.Note(
        InParams(first, match.stop) ? AnomalyId::kParamMalformed : AnomalyId::kHeaderValueMalformed,
        match.stop);
  }

  void CutValues(const ItemShape& shape) {
    uint32_t at = text_.offset;
    for (;;) {
      uint32_t stop = text_.end();
      if (shape.separator != 0) {
        stop = shape.bare ? FindChar(base_, at, stop, shape.separator)
                          : FindSeparator(base_, at, stop, shape.separator);
      }
      Item item;
      item.text = Trim(base_, Between(at, stop));
      CutItem(shape, &item);
      if (!Take(item)) return;
      CheckItem(item);
      if (stop == text_.end()) return;
      at = stop + 1;
    }
  }

  void CutItem(const ItemShape& shape, Item* item) {
    const uint32_t end = item->text.end();
    uint32_t stop = end;
    if (grammar_ == ItemGrammar::kAuthInfo) {
      item->params = item->text;
      return;
    }
    if (shape.has_params) {
      stop = shape.bare ? FindChar(base_, item->text.offset, end, ';')
                        : FindSeparator(base_, item->text.offset, end, ';');
    }
    item->value = Between(item->text.offset, TrimEnd(base_, item->text.offset, stop));
    if (stop < end) item->params = Between(stop + 1, end);
  }

  void CheckItem(const Item& item) {
    switch (grammar_) {
      case ItemGrammar::kSessionExpires:
      case ItemGrammar::kMinSe:
        CheckNumber(item.value, AnomalyId::kExpiresRange);
        break;
      case ItemGrammar::kRack:
        CheckRack(item);
        break;
      default:
        break;
    }
    CheckParams(item);
  }

  void CheckNumber(Slice digits, AnomalyId range) {
    uint64_t value;
    if (!ParseWholeNumber(base_, digits, UINT32_MAX, range, log_, &value)) structure_.Explain();
  }

  void CheckRack(const Item& item) {
    const Rack rack = ReadRack(base_, item);
    if (!rack.method_text.present()) return;  // the grammar says it
    if (rack.rseq < 0 || rack.cseq < 0) {
      structure_.Note(AnomalyId::kNumberOverflow, item.text.offset);
    }
  }

  void CheckParams(const Item& item) {
    const std::span<const ParamForm> forms = FormsOf(grammar_);
    uint32_t seen = 0;
    WalkParams(base_, item.params, ';', limits_, AnomalyId::kParamDuplicate, structure_,
               [&](const Param& param, bool) {
                 for (size_t i = 0; i < forms.size(); ++i) {
                   if (!EqualsIgnoreCase(param.name.In(base_), forms[i].name)) continue;
                   seen |= 1u << i;
                   const uint32_t wrong = FindRuleError(base_, param, forms[i].rule);
                   if (wrong != kNoMark) structure_.Note(AnomalyId::kParamMalformed, wrong);
                 }
                 CheckGenericValue(base_, param, structure_);
                 return false;
               });
    for (size_t i = 0; i < forms.size(); ++i) {
      if (!forms[i].mandatory || (seen >> i & 1) != 0) continue;
      // RFC 4474 had no parameters.
      if (grammar_ == ItemGrammar::kIdentity && !item.params.present()) continue;
      structure_.Note(AnomalyId::kHeaderValueMalformed, item.text.offset);
      return;
    }
  }

  bool InParams(uint32_t first, uint32_t at) const {
    for (uint32_t i = first; i < sink_.count; ++i) {
      const Slice params = sink_.room[i].params;
      if (params.present() && at >= params.offset && at <= params.end()) return true;
    }
    return false;
  }

  // RFC 3261 section 25.1: Server = server-val *( LWS server-val ); a comment brings white space of
  // its own.
  void ReadProducts() {
    if (text_.empty()) return structure_.Note(AnomalyId::kProductMalformed, text_.offset);
    bool after_comment = false;
    for (uint32_t at = text_.offset; at < text_.end();) {
      const uint32_t begin = at;
      const bool comment = base_[at] == '(';
      if (comment) {
        at = SkipComment(base_, at, text_.end(), limits_, AnomalyId::kProductMalformed, structure_);
        if (at == 0) at = text_.end();
      } else {
        at = SkipProduct(at);
        CheckProduct(Between(begin, at));
      }
      const Slice whole = Between(begin, at);
      if (!Take({whole, whole, {}})) return;
      if (begin != text_.offset) CheckGap(begin, comment, after_comment);
      after_comment = comment;
      at = SkipWhiteSpace(base_, at, text_.end());
    }
  }

  // Behind the product at `at`; SLASH takes white space with it.
  uint32_t SkipProduct(uint32_t at) const {
    constexpr CharSet kStops(" \t\r\n(");
    const uint32_t end = text_.end();
    const uint32_t stop = FindAnyOf(base_, at, end, kStops);
    const uint32_t next = SkipWhiteSpace(base_, stop, end);
    if (next == end) return stop;
    const bool slash_before = stop > at && base_[stop - 1] == '/';
    if (base_[next] != '/' && !slash_before) return stop;
    const uint32_t name = base_[next] == '/' ? SkipWhiteSpace(base_, next + 1, end) : next;
    return FindAnyOf(base_, name, end, kStops);
  }

  void CheckProduct(Slice product) {
    const MachineResult match = MatchProduct(base_, product);
    if (!match.accepted) structure_.Note(AnomalyId::kProductMalformed, match.stop);
  }

  // White space there must be, folded once and once more for a comment on either side.
  void CheckGap(uint32_t at, bool comment, bool after_comment) {
    int folds = 0;
    uint32_t begin = at;
    for (; IsWhiteSpace(base_[begin - 1]); --begin) folds += base_[begin - 1] == '\n';
    const int most = 1 + (comment ? 1 : 0) + (after_comment ? 1 : 0);
    if (begin == at || folds > most) structure_.Note(AnomalyId::kProductMalformed, at);
  }

  // RFC 3261 section 25.1: delta-seconds [ comment ] *( SEMI retry-param ).
  void ReadRetryAfter() {
    constexpr CharSet kStops(" \t\r\n;(");
    const uint32_t end = text_.end();
    uint32_t at = FindAnyOf(base_, text_.offset, end, kStops);
    Item item;
    item.text = text_;
    item.value = Between(text_.offset, at);
    CheckNumber(item.value, AnomalyId::kNumberOverflow);
    uint32_t behind = at;
    const uint32_t next = SkipWhiteSpace(base_, at, end);
    if (next < end && base_[next] == '(') {
      behind = SkipComment(base_, next, end, limits_, AnomalyId::kHeaderValueMalformed, structure_);
      if (behind == 0) behind = end;
    }
    const MachineResult match = MatchRetryParams(base_, Between(behind, end));
    const uint32_t semicolon = FindChar(base_, behind, end, ';');
    if (semicolon < end) item.params = Between(semicolon + 1, end);
    static_cast<void>(Take(item));
    CheckParams(item);
    if (match.accepted || structure_.any()) return;
    const bool in_params = item.params.present() && match.stop >= item.params.offset;
    structure_.Note(in_params ? AnomalyId::kParamMalformed : AnomalyId::kHeaderValueMalformed,
                    match.stop);
  }

  const char* base_;
  Slice text_;
  ItemGrammar grammar_;
  const Limits& limits_;
  AnomalyLog& log_;
  Diagnosis structure_;
  ItemSink& sink_;
};

}  // namespace

bool ParseItems(const char* base, Slice text, ItemGrammar grammar, const Limits& limits,
                AnomalyLog& log, ItemSink* sink) {
  return LineParser(base, Trim(base, text), grammar, limits, log, sink).Run();
}

}  // namespace sipward::sip
