# Warnings and instrumentation, in one place. Targets of this project link sipward_options;
# nothing of it reaches a user's compile.
add_library(sipward_options INTERFACE)
target_compile_options(sipward_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow
  -fvisibility=hidden
  $<$<COMPILE_LANGUAGE:CXX>:-fvisibility-inlines-hidden>
  # g++ 12 sees overlaps in std::string that are not there (GCC bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  $<$<BOOL:${SIPWARD_WERROR}>:-Werror>)
if(SIPWARD_SANITIZE)
  target_compile_options(sipward_options INTERFACE
    -fsanitize=${SIPWARD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(sipward_options INTERFACE -fsanitize=${SIPWARD_SANITIZE})
endif()
# What the tests themselves are compiled with. Their own code is not what is looked for undefined behaviour, and half of the time
# to build them went into that; what the library gives them they may use wrongly, so that the other sanitizers stay.
add_library(sipward_test_options INTERFACE)
target_link_libraries(sipward_test_options INTERFACE sipward_options)
# They run for moments and are compiled for minutes.
if(NOT SIPWARD_SANITIZE)
  target_compile_options(sipward_test_options INTERFACE $<$<CONFIG:RelWithDebInfo>:-O1>)
endif()
# Of precompiled headers g++ 12 forgets that they are the system's, and warns of what it sees in their std::string.
target_compile_options(sipward_test_options INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds> $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow> $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overread>)
# Some of them link RE2, which asks for this; all must be alike to share those headers.
if(NOT WIN32)
  target_compile_options(sipward_test_options INTERFACE -pthread)
endif()
if(SIPWARD_SANITIZE)
  target_compile_options(sipward_test_options INTERFACE -fno-sanitize=undefined)
  target_compile_definitions(sipward_test_options INTERFACE SIPWARD_SANITIZED)
endif()
if(SIPWARD_COVERAGE)
  target_compile_options(sipward_options INTERFACE --coverage)
  target_link_options(sipward_options INTERFACE --coverage)
endif()
if(SIPWARD_BUILD_FUZZERS)
  target_compile_options(sipward_options INTERFACE -fsanitize=fuzzer-no-link)
  target_compile_options(sipward_test_options INTERFACE -fno-sanitize=fuzzer-no-link)
endif()
