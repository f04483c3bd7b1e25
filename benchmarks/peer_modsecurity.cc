// libmodsecurity: one transaction for each message, fed with the parts that sipward has cut.
#include <modsecurity/modsecurity.h>
#include <modsecurity/rules_set.h>
#include <modsecurity/transaction.h>

#include <cstdio>
#include <cstdlib>

#include "benchmarks/corpus.h"
#include "benchmarks/generated_rules.h"
#include "sip/sip.h"

namespace sipward::bench {
namespace {

class ModsecurityWorkload final : public Workload {
 public:
  explicit ModsecurityWorkload(const std::string& text) {
    msc_set_log_cb(modsecurity_, [](void*, const void*) {});
    const char* error = nullptr;
    rule_count_ = msc_rules_add(rules_, text.c_str(), &error);
    if (rule_count_ < 0) {
      std::fprintf(stderr, "modsecurity does not take the rules: %s\n", error);
      std::exit(2);
    }
    bytes_ = Messages("invite").front();
    message_.Parse(bytes_, {});
    uri_ = message_.start().request_uri.In(bytes_.data());
    method_ = message_.start().method_text.In(bytes_.data());
  }
  ~ModsecurityWorkload() override {
    msc_rules_cleanup(rules_);
    msc_cleanup(modsecurity_);
  }

  void Run(uint64_t messages) override {
    for (uint64_t i = 0; i < messages; ++i) Handle();
  }
  double Bytes() const override { return static_cast<double>(bytes_.size()); }
  std::string Outcome() override { return std::to_string(rule_count_) + " rules"; }

 private:
  static const unsigned char* Unsigned(const char* text) {
    return reinterpret_cast<const unsigned char*>(text);
  }

  void Handle() {
    modsecurity::Transaction* transaction = msc_new_transaction(modsecurity_, rules_, nullptr);
    msc_process_connection(transaction, "192.0.2.7", 5060, "198.51.100.1", 5060);
    msc_process_uri(transaction, uri_.c_str(), method_.c_str(), "2.0");
    for (const sip::Header& header : message_.headers()) {
      const std::string_view name = header.name.In(bytes_.data());
      const std::string_view value = header.value.In(bytes_.data());
      msc_add_n_request_header(transaction, Unsigned(name.data()), name.size(),
                               Unsigned(value.data()), value.size());
    }
    msc_process_request_headers(transaction);
    const std::string_view body = message_.body().In(bytes_.data());
    msc_append_request_body(transaction, Unsigned(body.data()), body.size());
    msc_process_request_body(transaction);
    msc_transaction_cleanup(transaction);
  }

  modsecurity::ModSecurity* modsecurity_ = modsecurity::msc_init();
  modsecurity::RulesSet* rules_ = modsecurity::msc_create_rules_set();
  int rule_count_ = 0;
  std::string bytes_, uri_, method_;
  sip::Message message_;
};

constexpr const char* kNote =
    "one transaction: connection, URI, the headers as sipward cut them, body; the nearest "
    "conditions on the same headers; counts nothing over time";

}  // namespace

void AddModsecurityCases(Catalogue& rows) {
  rows.push_back(
      {"rules", "default-60", "modsecurity", kNote,
       [] { return std::make_unique<ModsecurityWorkload>(ReadBenchmarkFile("default-60.conf")); }});
  for (const size_t count : kGeneratedSizes) {
    rows.push_back({"rules", "rules-" + std::to_string(count), "modsecurity", kNote, [count] {
                      return std::make_unique<ModsecurityWorkload>(GenerateModsecurity(count));
                    }});
  }
}

}  // namespace sipward::bench
