#include "io/sip_stream.h"

#include <algorithm>
#include <new>
#include <utility>

#include "io/sip_likeness.h"

namespace sipward::io {
namespace {

bool IsKeepAlive(std::string_view bytes) {
  return bytes.find_first_not_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

// Empties without keeping the memory: thousands of idle streams hold nothing.
void Release(std::string* text) { std::string().swap(*text); }

}  // namespace

FramerPtr FramerPool::Take() {
  FramerPtr framer;
  if (!idle_.empty()) {
    framer = std::move(idle_.back());
    idle_.pop_back();
  } else {
    sipward_framer* created = nullptr;
    // The stream would be skipped without a word.
    if (sipward_framer_create(kLongestMessage, &created) != SIPWARD_OK) throw std::bad_alloc();
    framer.reset(created);
  }
  ++in_use_;
  return framer;
}

void FramerPool::Give(FramerPtr clean) {
  constexpr size_t kMostIdle = 4;
  --in_use_;
  if (idle_.size() < kMostIdle) idle_.push_back(std::move(clean));
}

void FramerPool::Discard(FramerPtr used) {
  if (used) --in_use_;
}

SipStream::SipStream(FramerPool* pool, CaptureStatistics* statistics, bool sip_port,
                     bool from_start)
    : pool_(pool),
      statistics_(statistics),
      sip_port_(sip_port),
      state_(from_start ? State::kUndecided : State::kSeeking) {}

SipStream::~SipStream() { Break(); }

void SipStream::Push(std::string bytes, size_t missing) {
  input_ = std::move(bytes);
  input_at_ = 0;
  missing_ = missing;
}

bool SipStream::Next(StreamMessage* out) {
  if (!framer_ && input_at_ < input_.size()) Classify();
  if (framer_ && Frame(out)) return true;
  if (missing_ > 0) Break();
  Release(&input_);
  input_at_ = 0;
  Release(&given_up_);
  return false;
}

// Decides what the input is while no message is under way; takes a framer if it is SIP.
void SipStream::Classify() {
  std::string_view input = std::string_view(input_).substr(input_at_);
  switch (state_) {
    case State::kSip:
      if (IsKeepAlive(input)) return NotSip();
      break;
    case State::kSeeking:
      if (JudgeStrictly(input) != Likeness::kSip) return NotSip();
      break;
    case State::kUndecided: {
      unfinished_ += input;
      input_ = std::exchange(unfinished_, {});
      input_at_ = 0;
      if (IsKeepAlive(input_)) return NotSip();
      const Likeness likeness = sip_port_ ? JudgeGenerously(input_) : JudgeStrictly(input_);
      if (likeness == Likeness::kUndecided) {
        unfinished_ = std::exchange(input_, {});
        return;
      }
      if (likeness == Likeness::kNot) {
        state_ = State::kSeeking;
        return NotSip();
      }
      break;
    }
  }
  framer_ = pool_->Take();
  state_ = State::kSip;
}

void SipStream::NotSip() {
  if (sip_port_) ++statistics_->not_sip;
  input_at_ = input_.size();
}

bool SipStream::Frame(StreamMessage* out) {
  while (true) {
    const char* data = nullptr;
    size_t size = 0;
    const int32_t status = sipward_framer_next(framer_.get(), &data, &size, nullptr);
    if (status == SIPWARD_OK) {
      ForgetMessage({data, size});
      *out = {{data, size}, false, false};
      return true;
    }
    if (status != SIPWARD_INCOMPLETE) return GiveUp(false, out);
    if (input_at_ == input_.size()) return FinishInput(out);
    const std::string_view rest = std::string_view(input_).substr(input_at_);
    size_t taken = 0;
    if (sipward_framer_push(framer_.get(), rest.data(), rest.size(), &taken) != SIPWARD_OK ||
        taken == 0) {
      return GiveUp(false, out);
    }
    unfinished_ += rest.substr(0, taken);
    input_at_ += taken;
  }
}

bool SipStream::FinishInput(StreamMessage* out) {
  const size_t pending = sipward_framer_pending(framer_.get());
  unfinished_.erase(0, unfinished_.size() - std::min(pending, unfinished_.size()));
  unfinished_at_ = 0;
  if (missing_ > 0) return GiveUp(true, out);
  if (pending == 0) {
    pool_->Give(std::move(framer_));
    Release(&unfinished_);
  }
  return false;
}

// The end of this message cannot be found: shows what there is, and seeks the next one.
bool SipStream::GiveUp(bool truncated, StreamMessage* out) {
  given_up_ = std::exchange(unfinished_, {});
  given_up_.erase(0, std::exchange(unfinished_at_, 0));
  if (!truncated) given_up_.append(input_, input_at_);
  input_.clear();
  input_at_ = 0;
  Break();
  if (JudgeGenerously(given_up_) != Likeness::kSip) {
    NotSip();
    return false;
  }
  *out = {given_up_, truncated, !truncated};
  return true;
}

// Steps over a whole message, and the empty lines before it, in the copy.
void SipStream::ForgetMessage(std::string_view message) {
  const size_t begin = unfinished_.find_first_not_of("\r\n", unfinished_at_);
  for (const size_t at : {unfinished_at_, begin}) {
    if (at > unfinished_.size()) continue;
    if (std::string_view(unfinished_).substr(at).starts_with(message)) {
      unfinished_at_ = at + message.size();
      return;
    }
  }
  unfinished_at_ = unfinished_.size();
}

void SipStream::Break() {
  statistics_->unfinished_bytes += unfinished_.size() - std::exchange(unfinished_at_, 0);
  Release(&unfinished_);
  missing_ = 0;
  pool_->Discard(std::move(framer_));
  state_ = State::kSeeking;
}

}  // namespace sipward::io
