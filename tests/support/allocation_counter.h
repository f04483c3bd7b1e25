// Counts every operator new of the program that links it, in all threads.
#ifndef SIPWARD_TESTS_SUPPORT_ALLOCATION_COUNTER_H_
#define SIPWARD_TESTS_SUPPORT_ALLOCATION_COUNTER_H_

#include <cstdint>

namespace sipward::testing_support {

uint64_t Allocations();

}  // namespace sipward::testing_support

#endif  // SIPWARD_TESTS_SUPPORT_ALLOCATION_COUNTER_H_
