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
foreach(kind IN ITEMS shared static)
  pkg_config_consumers(${kind} "${prefix}" ${LIBDIR})
endforeach()

# The command stands alone.
run(COMMAND "${prefix}/${BINDIR}/sipward" --version OUTPUT said)
expect_same("sipward --version" "${said}" "sipward ${VERSION}\n")
run(COMMAND "${prefix}/${BINDIR}/sipward" rules explain OUTPUT said)
if(NOT said MATCHES "scan\\.user_agent")
  message(FATAL_ERROR "the installed command has no default rules:\n${said}")
endif()
