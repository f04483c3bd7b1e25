#include "metrics_text.h"

#include "text.h"

namespace sipward::cli {

MetricsText& MetricsText::Begin(std::string_view name, std::string_view type,
                                std::string_view help) {
  name_ = name;
  out_.append("# HELP ").append(name).append(" ").append(help);
  out_.append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
  return *this;
}

MetricsText& MetricsText::Counter(std::string_view name, std::string_view help) {
  return Begin(name, "counter", help);
}

MetricsText& MetricsText::Gauge(std::string_view name, std::string_view help) {
  return Begin(name, "gauge", help);
}

MetricsText& MetricsText::Histogram(std::string_view name, std::string_view help) {
  return Begin(name, "histogram", help);
}

MetricsText& MetricsText::Sample(uint64_t value, Labels labels) {
  return Part("", std::to_string(value), labels);
}

MetricsText& MetricsText::Number(std::string_view decimal, Labels labels) {
  return Part("", decimal, labels);
}

MetricsText& MetricsText::Part(std::string_view suffix, std::string_view decimal, Labels labels) {
  out_.append(name_).append(suffix);
  char before = '{';
  for (const auto& [key, text] : labels) {
    out_.append(1, before).append(key).append("=\"");
    for (const char c : Printable(text)) {
      if (c == '"' || c == '\\') out_ += '\\';
      out_ += c;
    }
    out_ += '"';
    before = ',';
  }
  if (before == ',') out_ += '}';
  out_.append(" ").append(decimal).append("\n");
  return *this;
}

}  // namespace sipward::cli
