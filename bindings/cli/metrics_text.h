// Metrics in the text format of Prometheus, version 0.0.4.
#ifndef SIPWARD_BINDINGS_CLI_METRICS_TEXT_H_
#define SIPWARD_BINDINGS_CLI_METRICS_TEXT_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace sipward::cli {

// A metric is begun, then come its samples, each with labels of its own. Names and keys of labels
// are written as they are; a value of a label is made Printable, with `\` and `"` escaped.
class MetricsText {
 public:
  using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // Something that only grows; its name ends in _total.
  MetricsText& Counter(std::string_view name, std::string_view help);
  // Something that goes up and down.
  MetricsText& Gauge(std::string_view name, std::string_view help);
  // What is counted by how large it is: its samples are parts, _bucket with the label le, _sum and
  // _count.
  MetricsText& Histogram(std::string_view name, std::string_view help);
  MetricsText& Sample(uint64_t value, Labels labels = {});
  // A number with a fraction, as it is to stand there.
  MetricsText& Number(std::string_view decimal, Labels labels = {});
  MetricsText& Part(std::string_view suffix, std::string_view decimal, Labels labels = {});

  std::string Take() { return std::move(out_); }

 private:
  MetricsText& Begin(std::string_view name, std::string_view type, std::string_view help);

  std::string out_;
  std::string name_;
};

// The media type of it, for HTTP.
inline constexpr const char* kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_METRICS_TEXT_H_
