#include "parse.h"

#include "exit_code.h"
#include "explain.h"
#include "file.h"
#include "handle.h"
#include "parse_report.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostDatagramBytes = size_t{16}
                                      << 20;  // far beyond a datagram; the parser says so
constexpr size_t kMostStreamBytes = size_t{1} << 30;
constexpr uint32_t kStreamMessageBytes = 1 << 20;

std::string_view StatusName(int32_t status) {
  switch (status) {
    case SIPWARD_OK:
      return "ok";
    case SIPWARD_ERR_LIMIT:
      return "limit";
    default:
      return "malformed";
  }
}

class Parser {
 public:
  explicit Parser(const ParseRequest& request) : request_(request) {
    sipward_message* message = nullptr;
    if (sipward_message_create(&message) == SIPWARD_OK) message_.reset(message);
  }

  bool ready() const { return message_ != nullptr; }
  bool found() const { return found_; }

  // All false if the output cannot be written.
  bool Datagram(const std::string& file, std::string_view bytes) {
    ParseReport report = Read(file, bytes, 0);
    return Emit(report);
  }
  bool Stream(const std::string& file, std::string_view bytes);

 private:
  ParseReport Read(const std::string& file, std::string_view bytes, uint64_t offset);
  bool StreamEnd(const std::string& file, std::string_view bytes, uint64_t offset, int32_t status,
                 const sipward_anomaly& error);
  bool Emit(const ParseReport& report);

  const ParseRequest& request_;
  MessageHandle message_;
  bool found_ = false;  // a message that is not ok
};

ParseReport Parser::Read(const std::string& file, std::string_view bytes, uint64_t offset) {
  auto options = Sized<sipward_parse_options>();
  options.profile = request_.strict ? SIPWARD_PROFILE_STRICT : SIPWARD_PROFILE_TOLERANT;
  options.policy = request_.policy;
  if (request_.stream) {
    options.stream = 1;
    options.message_bytes = kStreamMessageBytes;
  }
  sipward_message* message = message_.get();
  sipward_message_parse(message, bytes.data(), bytes.size(), &options);
  // Sees what parsing alone leaves unread; its status stands for both.
  const int32_t status = sipward_message_validate(message);
  ParseReport report;
  report.file = file;
  report.status = StatusName(status);
  report.message = message;
  report.offset = offset;
  report.size = bytes.size();
  sipward_anomaly error{};
  if (status != SIPWARD_OK && sipward_message_error(message, &error) == SIPWARD_OK) {
    report.error = error;
  }
  return report;
}

bool Parser::Stream(const std::string& file, std::string_view bytes) {
  sipward_framer* made = nullptr;
  if (sipward_framer_create(kStreamMessageBytes, &made) != SIPWARD_OK) return false;
  const FramerHandle framer(made);
  size_t pushed = 0;
  for (;;) {
    size_t taken = 0;
    sipward_framer_push(framer.get(), bytes.data() + pushed, bytes.size() - pushed, &taken);
    pushed += taken;
    const char* data = nullptr;
    size_t size = 0;
    sipward_anomaly error{};
    int32_t status = SIPWARD_OK;
    while ((status = sipward_framer_next(framer.get(), &data, &size, &error)) == SIPWARD_OK) {
      const uint64_t offset = pushed - sipward_framer_pending(framer.get()) - size;
      if (!Emit(Read(file, bytes.substr(offset, size), offset))) return false;
    }
    const bool stuck = status == SIPWARD_INCOMPLETE && taken == 0;
    if (status < 0 || stuck || pushed == bytes.size()) {
      const uint64_t offset = pushed - sipward_framer_pending(framer.get());
      return StreamEnd(file, bytes.substr(offset), offset, status, error);
    }
  }
}

// What stands behind the last whole message: nothing, an unfinished one, or one that cannot be cut.
bool Parser::StreamEnd(const std::string& file, std::string_view bytes, uint64_t offset,
                       int32_t status, const sipward_anomaly& error) {
  if (status < 0) {
    ParseReport report = Read(file, bytes.substr(0, kStreamMessageBytes), offset);
    report.status = StatusName(status);
    report.error = error;
    return Emit(report);
  }
  if (bytes.empty()) return true;
  ParseReport report;
  report.file = file;
  report.status = "incomplete";
  report.offset = offset;
  report.size = bytes.size();
  return Emit(report);
}

bool Parser::Emit(const ParseReport& report) {
  if (report.status != "ok") found_ = true;
  std::string text;
  if (request_.json) {
    AppendJson(&text, report);
  } else if (request_.explain) {
    AppendExplained(&text, report);
  } else {
    AppendText(&text, report);
  }
  return Print(text);
}

}  // namespace

int RunParse(const ParseRequest& request) {
  Parser parser(request);
  if (!parser.ready()) {
    Complain(sipward_status_text(SIPWARD_ERR_NO_MEMORY));
    return kExitUnusable;
  }
  const size_t most = request.stream ? kMostStreamBytes : kMostDatagramBytes;
  bool unreadable = false;
  std::string bytes;
  std::string error;
  for (const std::string& file : request.files) {
    if (!ReadFile(file, most, &bytes, &error)) {
      Complain(std::string("cannot read ").append(file).append(": ").append(error));
      unreadable = true;
      continue;
    }
    const bool written = request.stream ? parser.Stream(file, bytes) : parser.Datagram(file, bytes);
    if (!written) return kExitUnusable;
  }
  if (unreadable) return Finish(kExitUnusable);
  return Finish(parser.found() ? kExitFound : kExitOk);
}

}  // namespace sipward::cli
