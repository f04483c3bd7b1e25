// Work on a thread with a stack of a given size, and texts that nest deeply.
#ifndef SIPWARD_TESTS_RULES_SMALL_STACK_H_
#define SIPWARD_TESTS_RULES_SMALL_STACK_H_

#include <gtest/gtest.h>
#include <pthread.h>

#include <functional>
#include <string>

namespace sipward::rules::testing {

// Frames are several times as large as those of a program that is used.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define SIPWARD_TEST_LARGE_FRAMES 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
#define SIPWARD_TEST_LARGE_FRAMES 1
#endif
#ifdef SIPWARD_TEST_LARGE_FRAMES
inline constexpr bool kLargeFrames = true;
#else
inline constexpr bool kLargeFrames = false;
#endif

// The stack that a test asks for; where frames are large, one that is certainly enough.
constexpr size_t StackBytes(size_t wanted) { return kLargeFrames ? size_t{2} << 20 : wanted; }

inline void OnStackOf(size_t bytes, std::function<void()> work) {
  pthread_attr_t attributes;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, bytes), 0);
  const auto run = [](void* argument) -> void* {
    (*static_cast<std::function<void()>*>(argument))();
    return nullptr;
  };
  pthread_t thread;
  ASSERT_EQ(pthread_create(&thread, &attributes, run, &work), 0);
  ASSERT_EQ(pthread_join(thread, nullptr), 0);
  ASSERT_EQ(pthread_attr_destroy(&attributes), 0);
}

inline std::string Repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace sipward::rules::testing

#endif  // SIPWARD_TESTS_RULES_SMALL_STACK_H_
