# What a packager and a host do: install, move the tree, find it both ways, and run the examples against it.
include(${CMAKE_CURRENT_LIST_DIR}/tools.cmake)

# Installed in one place and used in another, whose name has a space: nothing may remember the first.
run(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/first)
set(prefix "${WORK}/a prefix")
file(RENAME ${WORK}/first "${prefix}")

# The targets are those that the first page names.
file(READ ${SOURCE}/README.md page)
if(NOT page MATCHES "`find_package\\(sipward\\)` gives `([a-z:]+)` \\(shared\\) and `([a-z:]+)`")
  message(FATAL_ERROR "README.md does not say what find_package(sipward) gives")
endif()
set(libraries ${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
foreach(example IN ITEMS c_minimal cpp_minimal)
  foreach(library IN LISTS libraries)
    find_package_consumer(${example} ${library} "${prefix}" ${LIBDIR})
  endforeach()
endforeach()

# The border lets a call through without what its caller says of himself, and a scanner not at all.
build_consumer(border cpp_border sipward::sipward "${prefix}")
set(environment ${CMAKE_COMMAND} -E env "LD_LIBRARY_PATH=${prefix}/${LIBDIR}")
run(COMMAND ${environment} ${border} INPUT ${SOURCE}/tests/install/forged.sip OUTPUT sent)
string(REPLACE "\r" "" sent "${sent}")
expect_same("cpp_border" "${sent}" "INVITE sip:bob@example.com SIP/2.0
Via: SIP/2.0/UDP border.example.com;branch=z9hG4bKborder
Record-Route: <sip:border.example.com;lr>
Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK1
Max-Forwards: 69
To: <sip:bob@example.com>
From: <sip:alice@example.org>;tag=1
Call-ID: 1@198.51.100.7
CSeq: 1 INVITE
Contact: <sip:alice@198.51.100.7>
Content-Length: 0

")
refuses(REASON "drop" COMMAND ${environment} ${border} INPUT ${SOURCE}/tests/install/scanner.sip)

# A call whose caller says nothing of himself, and one that is a scanner's: with the library that fetches, both ways.
foreach(library IN ITEMS sipward::fetch sipward::fetch_static)
  if(FETCH)
    build_consumer(callers cpp_callers ${library} "${prefix}")
    run(COMMAND ${environment} ${callers} ${SOURCE}/tests/install/forged.sip INPUT ${SOURCE}/tests/install/forged.sip OUTPUT said)
    if(NOT said MATCHES "anchors: CERT_MALFORMED\nallow\n")
      message(FATAL_ERROR "cpp_callers with ${library} printed: ${said}")
    endif()
  endif()
endforeach()

# A capture goes in, what is wrong with it comes out.
foreach(library IN ITEMS sipward::capture sipward::capture_static)
  build_consumer(capture c_capture ${library} "${prefix}")
  expect_findings("c_capture with ${library}" "${prefix}/${LIBDIR}" ${capture})
endforeach()

foreach(kind IN ITEMS shared static)
  pkg_config_capture(${kind} "${prefix}" ${LIBDIR})
  pkg_config_consumers(${kind} "${prefix}" ${LIBDIR})
  if(FETCH)
    pkg_config_fetch(${kind} "${prefix}" ${LIBDIR})
  endif()
endforeach()

# The command stands alone.
run(COMMAND "${prefix}/${BINDIR}/sipward" --version OUTPUT said)
expect_same("sipward --version" "${said}" "sipward ${VERSION}\n")
run(COMMAND "${prefix}/${BINDIR}/sipward" rules explain OUTPUT said)
if(NOT said MATCHES "scan\\.user_agent")
  message(FATAL_ERROR "the installed command has no default rules:\n${said}")
endif()
