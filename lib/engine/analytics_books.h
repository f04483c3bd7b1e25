// Where inspectors write what goes on, in numbers: each into a book of its own, so that none waits
// for another, and whoever asks gets what all of them hold. They are those of one process.
#ifndef SIPWARD_ENGINE_ANALYTICS_BOOKS_H_
#define SIPWARD_ENGINE_ANALYTICS_BOOKS_H_

#include <memory>
#include <vector>

#include "analytics/analytics.h"
#include "base/hash.h"
#include "base/platform/lock.h"
#include "engine/response_times.h"
#include "facts/facts.h"

namespace sipward::engine {

// One inspector's. The lock is another's for as long as it takes to copy what stands there.
class AnalyticsBook {
 public:
  AnalyticsBook(const analytics::Options& options, const HashSecret& secret);

  void TakeMessage(const IpAddress& source, const Exchange& exchange);
  void TakeEvent(facts::HostEvent& event, uint64_t agent, bool of_message);

 private:
  friend class AnalyticsBooks;
  mutable platform::SharedLock lock_{};
  analytics::Analytics analytics_;
  bool lent_ = true;
};

// All of an engine's. A book that was given back is lent to the next, so there are never more than
// inspectors at one time, and nothing that was counted is lost.
class AnalyticsBooks {
 public:
  AnalyticsBooks(const analytics::Options& options, const HashSecret& secret);

  // May allocate.
  AnalyticsBook* Borrow();
  void Return(AnalyticsBook* book);
  analytics::Report Report() const;

 private:
  const analytics::Options options_;
  const HashSecret secret_;
  mutable platform::SharedLock lock_{};  // of what stands below
  std::vector<std::unique_ptr<AnalyticsBook>> books_;
};

// A book for as long as this lives; none where the engine keeps none.
class BorrowedBook {
 public:
  explicit BorrowedBook(AnalyticsBooks* books)
      : books_(books), book_(books == nullptr ? nullptr : books->Borrow()) {}
  ~BorrowedBook() {
    if (book_ != nullptr) books_->Return(book_);
  }
  BorrowedBook(const BorrowedBook&) = delete;
  BorrowedBook& operator=(const BorrowedBook&) = delete;

  explicit operator bool() const { return book_ != nullptr; }
  AnalyticsBook* operator->() const { return book_; }

 private:
  AnalyticsBooks* books_;
  AnalyticsBook* book_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_ANALYTICS_BOOKS_H_
