/* Whether the program is inside Hyperscan's compiler. */
#ifndef SIPWARD_TESTS_C_HYPERSCAN_CALLS_H_
#define SIPWARD_TESTS_C_HYPERSCAN_CALLS_H_

#include <stdint.h>

int inside_hyperscan(void);
/* Calls of the compiler so far. */
uint64_t hyperscan_calls(void);
/* Allocations that were refused inside since the last call of this function. */
uint64_t hyperscan_refusals(void);

#endif /* SIPWARD_TESTS_C_HYPERSCAN_CALLS_H_ */
