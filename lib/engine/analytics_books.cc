#include "engine/analytics_books.h"

#include <algorithm>
#include <new>

#include "engine/held.h"

namespace sipward::engine {

AnalyticsBook::AnalyticsBook(const analytics::Options& options, const HashSecret& secret)
    : analytics_(options, secret) {
  if (!lock_.Init(platform::Sharing::kPrivate)) throw std::bad_alloc();
}

void AnalyticsBook::TakeMessage(const IpAddress& source, const Exchange& exchange) {
  const Held lock(lock_);
  analytics_.TakeSource(source);
  if (exchange.begins) analytics_.TakeRequest(exchange.method);
  if (exchange.time) analytics_.TakeResponse(exchange.method, *exchange.time);
}

void AnalyticsBook::TakeEvent(facts::HostEvent& event, uint64_t agent, bool of_message) {
  const Held lock(lock_);
  analytics_.TakeEvent(event, agent, of_message);
}

AnalyticsBooks::AnalyticsBooks(const analytics::Options& options, const HashSecret& secret)
    : options_(options), secret_(secret) {
  if (!lock_.Init(platform::Sharing::kPrivate)) throw std::bad_alloc();
}

AnalyticsBook* AnalyticsBooks::Borrow() {
  const Held lock(lock_);
  for (const auto& book : books_) {
    if (book->lent_) continue;
    book->lent_ = true;
    return book.get();
  }
  books_.push_back(std::make_unique<AnalyticsBook>(options_, secret_));
  return books_.back().get();
}

void AnalyticsBooks::Return(AnalyticsBook* book) {
  const Held lock(lock_);
  book->lent_ = false;
}

analytics::Report AnalyticsBooks::Report() const {
  analytics::Report report;
  const Held lock(lock_);
  for (const auto& book : books_) {
    const Held written(book->lock_);
    report.Add(book->analytics_);
  }
  report.Settle();
  return report;
}

}  // namespace sipward::engine
