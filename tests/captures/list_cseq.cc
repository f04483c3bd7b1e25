// Prints the CSeq of every SIP message of a capture, one line each: "NUMBER METHOD", or "-" if
// there is none. `sipward inspect` has no such column, and the comparison with tshark wants one.
#include <cstdio>
#include <string_view>

#include "io/capture.h"
#include "sipward.h"

int main(int argc, char** argv) {
  sipward::io::CaptureReader reader;
  sipward_message* message = nullptr;
  if (argc != 2 || sipward_message_create(&message) != SIPWARD_OK) return 2;
  if (!reader.Open(argv[1])) {
    std::fprintf(stderr, "%s\n", reader.error().c_str());
    sipward_message_destroy(message);
    return 2;
  }
  sipward::io::CaptureItem item;
  sipward::io::CaptureStatus status;
  while ((status = reader.Next(&item)) == sipward::io::CaptureStatus::kMessage) {
    sipward_parse_options options{};
    options.struct_size = sizeof options;
    options.stream = item.packet.transport != SIPWARD_TRANSPORT_UDP;
    (void)sipward_message_parse(message, item.data, item.size, &options);
    sipward_cseq cseq{};
    cseq.struct_size = sizeof cseq;
    if (sipward_message_cseq(message, &cseq) == SIPWARD_OK &&
        cseq.method.offset != SIPWARD_ABSENT) {
      std::printf("%llu %.*s\n", static_cast<unsigned long long>(cseq.number),
                  static_cast<int>(cseq.method.length), item.data + cseq.method.offset);
    } else {
      std::puts("-");
    }
  }
  sipward_message_destroy(message);
  return status == sipward::io::CaptureStatus::kEnd ? 0 : 2;
}
