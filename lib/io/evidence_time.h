// Times of entries as text: 2026-01-31T12:00:00.000000001Z.
#ifndef SIPWARD_IO_EVIDENCE_TIME_H_
#define SIPWARD_IO_EVIDENCE_TIME_H_

#include <cstdint>
#include <string>

namespace sipward::io {

std::string EvidenceTime(int64_t wall_ns);

}  // namespace sipward::io

#endif  // SIPWARD_IO_EVIDENCE_TIME_H_
