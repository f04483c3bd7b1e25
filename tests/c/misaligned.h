/* A pointer of this type into the middle of something. */
#ifndef SIPWARD_TESTS_C_MISALIGNED_H_
#define SIPWARD_TESTS_C_MISALIGNED_H_

static _Alignas(16) char misplaced[4096];
#define MISALIGNED(type) ((type*)(void*)(misplaced + 1))

#endif /* SIPWARD_TESTS_C_MISALIGNED_H_ */
